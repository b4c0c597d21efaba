package dev.smt.jobs.cli;

import dev.smt.jobs.config.SmtConfiguration;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that every command has. */
public final class ConfigurationOptions {
    @Option(names = "--conf", required = true, paramLabel = "FILE", description = "The configuration (HOCON).")
    private File file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Sets one key of the configuration, such as mmo.trials=4. May be given several times.")
    private List<String> settings = new ArrayList<>();

    SmtConfiguration load() {
        return SmtConfiguration.load(file, settings);
    }
}
