package dev.smt.jobs.cli;

import dev.smt.jobs.run.RunContext;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code smt cycle}. */
@Command(
        name = "cycle",
        mixinStandardHelpOptions = true,
        description = "Runs all steps in order. Run again after it was stopped, it goes on with what is missing.",
        footer = {
            "",
            "Examples:",
            "  smt cycle --conf conf/demo.conf --dry-run",
            "  smt cycle --conf conf/demo.conf",
            "  smt cycle --conf conf/demo.conf --set cycle.number=2 --set mmo.trials=4"
        })
public final class CycleCommand extends WarehouseCommand {
    @Mixin
    private DryRunOption dryRun;

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
        if (dryRun.isOn()) {
            dryRun.print(context, settings, settings.steps(), out);
        } else {
            CycleRun.run(context, settings);
        }
    }
}
