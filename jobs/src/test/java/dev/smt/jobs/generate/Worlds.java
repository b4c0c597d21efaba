package dev.smt.jobs.generate;

import com.typesafe.config.ConfigFactory;
import dev.smt.jobs.config.ConfigProblems;
import dev.smt.jobs.config.ConfigSection;

/** Worlds for tests. */
final class Worlds {
    private Worlds() {}

    /** The world of a section {@code generate} in HOCON. */
    static GenerateConfiguration configuration(String hocon) {
        ConfigProblems problems = new ConfigProblems();
        ConfigSection section = new ConfigSection("generate", ConfigFactory.parseString(hocon), problems);
        GenerateConfiguration configuration = GenerateConfiguration.read(section);
        section.reportUnknownKeys();
        problems.throwIfAny();
        return configuration;
    }
}
