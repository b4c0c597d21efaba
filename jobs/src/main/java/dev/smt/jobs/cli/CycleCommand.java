package dev.smt.jobs.cli;

import dev.smt.jobs.config.SmtConfiguration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code smt cycle}. */
@Command(
        name = "cycle",
        mixinStandardHelpOptions = true,
        description = "Runs all steps in order. Run again after it was stopped, it goes on with what is missing.")
public final class CycleCommand implements Callable<Integer> {
    @Mixin
    private ConfigurationOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        SmtConfiguration configuration = options.load();
        Settings settings = Settings.of(configuration);
        try (Session session =
                Session.open(configuration, settings, spec.commandLine().getOut())) {
            CycleRun.run(session.context(), settings);
        }
        return 0;
    }
}
