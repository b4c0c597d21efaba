package dev.smt.jobs.cli;

import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.status.RunProgress;
import dev.smt.jobs.status.StatusReport;
import dev.smt.jobs.status.WarehouseStatus;
import java.io.PrintWriter;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code smt status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Says what runs and how far it is, and what ended last. It reads the tables, so it may be asked"
                + " from anywhere at any time.",
        footer = {
            "",
            "Examples:",
            "  smt status --conf conf/demo.conf",
            "  smt status --conf conf/demo.conf --format json"
        })
public final class StatusCommand extends WarehouseCommand {
    @Mixin
    private FormatOption format;

    @Override
    boolean printsData() {
        return format.isData();
    }

    @Override
    void run(RunContext context, Settings settings, PrintWriter out) {
        StatusReport report = new WarehouseStatus(context).read();
        format.print(() -> rows(report), () -> report.lines().forEach(out::println), out);
    }

    /** All runs, not only the last: a script chooses by itself. */
    private static TextRows rows(StatusReport report) {
        TextRows.Builder rows = TextRows.of(
                "run_id",
                "command",
                "status",
                "started_at",
                "finished_at",
                "seconds",
                "holder",
                "trials",
                "trainings",
                "failed_trainings",
                "error");
        for (RunProgress run : report.progress()) {
            rows.add(
                    run.run().runId(),
                    run.run().command(),
                    run.run().status(),
                    run.run().startedAt().toString(),
                    run.finishedAt().map(Instant::toString),
                    run.seconds(),
                    run.holder(),
                    run.trials(),
                    run.trainings(),
                    run.failedTrainings(),
                    run.run().error());
        }
        return rows.rows();
    }
}
