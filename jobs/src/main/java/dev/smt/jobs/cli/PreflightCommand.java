package dev.smt.jobs.cli;

import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.jobs.preflight.Preflight;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code smt preflight}. */
@Command(
        name = "preflight",
        mixinStandardHelpOptions = true,
        description =
                "Looks at every executor: does its native code load, has it memory, may it write to the warehouse?"
                        + " On a cluster every command that trains does this first.",
        footer = {"", "Example:", "  deploy/spark/submit --master yarn -- preflight --conf conf/demo.conf"})
public final class PreflightCommand implements Callable<Integer> {
    @Mixin
    private ConfigurationOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        SmtConfiguration configuration = options.load();
        Settings settings = Settings.of(configuration);
        PrintWriter out = spec.commandLine().getOut();
        try (Session session = Session.open(configuration, settings, out)) {
            new Preflight(session.context().warehouse())
                    .require()
                    .forEach(report -> out.println("executor " + report.executor() + " on " + report.host()
                            + ": fine, heap " + report.heap() + " MB"));
        }
        out.flush();
        return 0;
    }
}
