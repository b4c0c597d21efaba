package dev.smt.jobs.cli;

import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.jobs.generate.TruthFiles;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code smt demo}: the whole cycle on a generated world, compared with what was planted in it. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Generates an ad world, runs the whole cycle on it, and compares what it found with the truth.",
        footer = {
            "",
            "Examples:",
            "  smt demo",
            "  smt demo --set mmo.trials=3 --set warehouse=/tmp/demo --set data=/tmp/demo-world"
        })
public final class DemoCommand implements Callable<Integer> {
    @Option(names = "--conf", paramLabel = "FILE", description = "The configuration (default: conf/demo.conf).")
    private File file = new File(System.getProperty("smt.home", "."), "conf/demo.conf");

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Sets one key of the configuration.")
    private List<String> overrides = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        SmtConfiguration configuration = SmtConfiguration.load(file, overrides);
        Settings settings = Settings.of(configuration);
        try (Session session =
                Session.open(configuration, settings, spec.commandLine().getOut())) {
            GenerateCommand.generate(
                    session.context().spark(), session.context().progress(), settings.data(), settings.world());
            CycleRun.run(session.context(), settings);
            TruthFiles truth = new TruthFiles(
                    settings.data(), session.context().spark().sparkContext().hadoopConfiguration());
            session.context().progress().say("found, against the truth that was planted in " + settings.data() + ":");
            new DemoFindings(session.context(), truth.read(), settings.world())
                    .lines()
                    .forEach(line -> session.context().progress().say("  " + line));
            session.context()
                    .progress()
                    .say("look at it: bin/smt report --conf " + file + "; ask further: bin/smt sql --conf " + file
                            + " \"SELECT * FROM v_leaderboard\"");
        }
        return 0;
    }
}
