package dev.smt.jobs.cli;

import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.jobs.status.WarehouseStatus;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code smt status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Says what runs and how far it is, and what ended last. It reads the tables, so it may be asked"
                + " from anywhere at any time.",
        footer = {"", "Example:", "  smt status --conf conf/demo.conf"})
public final class StatusCommand implements Callable<Integer> {
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
            new WarehouseStatus(session.context()).read().lines().forEach(out::println);
        }
        out.flush();
        return 0;
    }
}
