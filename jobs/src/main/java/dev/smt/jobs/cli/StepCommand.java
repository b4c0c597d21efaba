package dev.smt.jobs.cli;

import dev.smt.jobs.Smt;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.Step;
import dev.smt.jobs.run.StepRunner;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A command that runs one step of the cycle. */
public abstract class StepCommand extends WarehouseCommand {
    @Mixin
    private DryRunOption dryRun;

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
    void check(Settings settings) {
        dryRun.check();
    }

    @Override
    boolean onlyLooks() {
        return dryRun.isOn();
    }

    @Override
    void run(RunContext context, Settings settings, PrintWriter out) {
        Step step = settings.step(name());
        if (dryRun.isOn()) {
            step.needs().forEach(context::finished);
            settings.steps().stream()
                    .takeWhile(earlier -> !earlier.name().equals(name()))
                    .forEach(earlier -> context.latest(earlier.name()));
            dryRun.print(context, settings, List.of(step), out);
        } else {
            new StepRunner(context, Smt.VERSION).run(step);
        }
    }

    @Command(
            name = "ingest",
            mixinStandardHelpOptions = true,
            description = "Reads raw logs and writes encoded examples per data pipeline, and the fleet.",
            footer = {"", "Example:", "  smt ingest --conf conf/demo.conf"})
    private static final class Ingest extends StepCommand {
        @Override
        public String name() {
            return "ingest";
        }
    }

    @Command(
            name = "representatives",
            mixinStandardHelpOptions = true,
            description = "Clusters the fleet by its six attributes; picks representative and holdout models.",
            footer = {
                "",
                "Examples:",
                "  smt representatives --conf conf/demo.conf",
                "  smt representatives --conf conf/demo.conf --set representatives.k=6"
            })
    private static final class Representatives extends StepCommand {
        @Override
        public String name() {
            return "representatives";
        }
    }

    @Command(
            name = "importance",
            mixinStandardHelpOptions = true,
            description = "Measures feature importance, and selects the top K of each type.",
            footer = {"", "Example:", "  smt importance --conf conf/demo.conf"})
    private static final class Importance extends StepCommand {
        @Override
        public String name() {
            return "importance";
        }
    }

    @Command(
            name = "mmo",
            mixinStandardHelpOptions = true,
            description = "Multi-Model Optimization: tries every technique on the representative models.",
            footer = {
                "",
                "Examples:",
                "  smt mmo --conf conf/demo.conf --dry-run",
                "  smt mmo --conf conf/demo.conf --set mmo.techniques=[cross-network] --set mmo.trials=4"
            })
    private static final class Mmo extends StepCommand {
        @Override
        public String name() {
            return "mmo";
        }
    }

    @Command(
            name = "holdout",
            mixinStandardHelpOptions = true,
            description = "Validates the accepted techniques on held-out models.",
            footer = {"", "Example:", "  smt holdout --conf conf/demo.conf"})
    private static final class Holdout extends StepCommand {
        @Override
        public String name() {
            return "holdout";
        }
    }

    @Command(
            name = "sensitivity",
            mixinStandardHelpOptions = true,
            description = "Says which parameters to standardize and which to expose.",
            footer = {"", "Example:", "  smt sensitivity --conf conf/demo.conf"})
    private static final class Sensitivity extends StepCommand {
        @Override
        public String name() {
            return "sensitivity";
        }
    }

    @Command(
            name = "integrate",
            mixinStandardHelpOptions = true,
            description = "Publishes a new template version with the accepted techniques.",
            footer = {"", "Example:", "  smt integrate --conf conf/demo.conf"})
    private static final class Integrate extends StepCommand {
        @Override
        public String name() {
            return "integrate";
        }
    }

    @Command(
            name = "backtest",
            mixinStandardHelpOptions = true,
            description = "Tests the new template version against the old one.",
            footer = {"", "Example:", "  smt backtest --conf conf/demo.conf"})
    private static final class BackTest extends StepCommand {
        @Override
        public String name() {
            return "backtest";
        }
    }

    @Command(
            name = "iterate",
            mixinStandardHelpOptions = true,
            description = "Rebuilds every model from the latest template version.",
            footer = {
                "",
                "Examples:",
                "  smt iterate --conf conf/demo.conf",
                "  smt iterate --conf conf/demo.conf --set iterate.tuning-trials=4"
            })
    private static final class Iterate extends StepCommand {
        @Override
        public String name() {
            return "iterate";
        }
    }
}
