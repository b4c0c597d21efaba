package dev.smt.jobs.status;

import dev.smt.jobs.lease.Leases;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.table.RunRow;
import dev.smt.jobs.table.TrialRow;
import dev.smt.jobs.table.Warehouse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.functions;

/** Reads a warehouse's tables and leases while others write them; it is never in their way. */
public final class WarehouseStatus {
    private final RunContext context;

    public WarehouseStatus(RunContext context) {
        this.context = context;
    }

    public StatusReport read() {
        Warehouse warehouse = context.warehouse();
        List<RunRow> runs = warehouse.rows(RunRow.TABLE);
        List<String> on = runs.stream()
                .filter(run -> run.status().equals(RunRow.RUNNING))
                .map(RunRow::runId)
                .toList();
        Leases leases = context.leases();
        Map<String, String> holders = new TreeMap<>();
        on.forEach(run -> leases.holder(run).ifPresent(holder -> holders.put(run, holder)));
        List<String> studies = warehouse
                .rows(TrialRow.TABLE, functions.col("run_id").isin(on.toArray()))
                .stream()
                .map(TrialRow::studyId)
                .distinct()
                .toList();
        List<TrialRow> trials =
                warehouse.rows(TrialRow.TABLE, functions.col("study_id").isin(studies.toArray()));
        return new StatusReport(runs, holders, trials, context.clock().instant());
    }
}
