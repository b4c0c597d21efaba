package dev.smt.jobs.cli;

import dev.smt.jobs.Smt;
import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.jobs.run.StepRunner;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that runs one step of the cycle. */
public abstract class StepCommand implements Callable<Integer> {
    @Mixin
    private ConfigurationOptions options;

    @Spec
    private CommandSpec spec;

    /** All steps, in the order of the cycle. */
    public static List<StepCommand> all() {
        return List.of(
                new Ingest(),
                new Representatives(),
                new Importance(),
                new Mmo(),
                new Holdout(),
                new Sensitivity(),
                new Integrate(),
                new BackTest(),
                new Iterate());
    }

    /** The command's name. */
    public abstract String name();

    @Override
    public Integer call() {
        SmtConfiguration configuration = options.load();
        Settings settings = Settings.of(configuration);
        try (Session session =
                Session.open(configuration, settings, spec.commandLine().getOut())) {
            new StepRunner(session.context(), Smt.VERSION).run(settings.step(name()));
        }
        return 0;
    }

    @Command(
            name = "ingest",
            mixinStandardHelpOptions = true,
            description = "Reads raw logs and writes encoded examples per data pipeline, and the fleet.")
    private static final class Ingest extends StepCommand {
        @Override
        public String name() {
            return "ingest";
        }
    }

    @Command(
            name = "representatives",
            mixinStandardHelpOptions = true,
            description = "Clusters the fleet by its six attributes; picks representative and holdout models.")
    private static final class Representatives extends StepCommand {
        @Override
        public String name() {
            return "representatives";
        }
    }

    @Command(
            name = "importance",
            mixinStandardHelpOptions = true,
            description = "Measures feature importance, and selects the top K of each type.")
    private static final class Importance extends StepCommand {
        @Override
        public String name() {
            return "importance";
        }
    }

    @Command(
            name = "mmo",
            mixinStandardHelpOptions = true,
            description = "Multi-Model Optimization: tries every technique on the representative models.")
    private static final class Mmo extends StepCommand {
        @Override
        public String name() {
            return "mmo";
        }
    }

    @Command(
            name = "holdout",
            mixinStandardHelpOptions = true,
            description = "Validates the accepted techniques on held-out models.")
    private static final class Holdout extends StepCommand {
        @Override
        public String name() {
            return "holdout";
        }
    }

    @Command(
            name = "sensitivity",
            mixinStandardHelpOptions = true,
            description = "Says which parameters to standardize and which to expose.")
    private static final class Sensitivity extends StepCommand {
        @Override
        public String name() {
            return "sensitivity";
        }
    }

    @Command(
            name = "integrate",
            mixinStandardHelpOptions = true,
            description = "Publishes a new template version with the accepted techniques.")
    private static final class Integrate extends StepCommand {
        @Override
        public String name() {
            return "integrate";
        }
    }

    @Command(
            name = "backtest",
            mixinStandardHelpOptions = true,
            description = "Tests the new template version against the old one.")
    private static final class BackTest extends StepCommand {
        @Override
        public String name() {
            return "backtest";
        }
    }

    @Command(
            name = "iterate",
            mixinStandardHelpOptions = true,
            description = "Rebuilds every model from the latest template version.")
    private static final class Iterate extends StepCommand {
        @Override
        public String name() {
            return "iterate";
        }
    }
}
