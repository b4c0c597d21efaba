package dev.smt.jobs.cli;

import dev.smt.jobs.preflight.Preflight;
import dev.smt.jobs.run.RunContext;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code smt preflight}. */
@Command(
        name = "preflight",
        mixinStandardHelpOptions = true,
        description =
                "Looks at every executor: does its native code load, has it memory, may it write to the warehouse?"
                        + " On a cluster every command that trains does this first.",
        footer = {"", "Example:", "  deploy/spark/submit --master yarn -- preflight --conf conf/demo.conf"})
public final class PreflightCommand extends WarehouseCommand {
    @Override
    void run(RunContext context, Settings settings, PrintWriter out) {
        new Preflight(context.warehouse()).require().forEach(report -> {
            out.println(report.name() + ": fine, heap " + report.heap() + " MB, trains on "
                    + String.join(", ", report.devices()));
            report.warnings().forEach(warning -> out.println("  warning: " + warning));
        });
    }
}
