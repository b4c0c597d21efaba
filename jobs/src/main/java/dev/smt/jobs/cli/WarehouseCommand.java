package dev.smt.jobs.cli;

import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.jobs.run.RunContext;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command on the warehouse of a configuration: what is wrong with either is said before Spark starts. */
abstract class WarehouseCommand implements Callable<Integer> {
    @Mixin
    private ConfigurationOptions options;

    @Spec
    private CommandSpec spec;

    /** Refuses options, and settings that this command can't work with. */
    void check(Settings settings) {}

    /** Does the work; {@code out} takes the results. */
    abstract void run(RunContext context, Settings settings, PrintWriter out);

    /** Whether the output is for other programs, so that progress must stay out of it. */
    boolean printsData() {
        return false;
    }

    /** Whether it may change nothing, not even make the warehouse's folder. */
    boolean onlyLooks() {
        return false;
    }

    final CommandSpec spec() {
        return spec;
    }

    @Override
    public final Integer call() {
        SmtConfiguration configuration = options.load();
        Settings settings = Settings.of(configuration);
        check(settings);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter progress = printsData() ? spec.commandLine().getErr() : out;
        try (Session session = onlyLooks()
                ? Session.look(configuration, settings, progress)
                : Session.open(configuration, settings, progress)) {
            run(session.context(), settings, out);
        }
        out.flush();
        return 0;
    }
}
