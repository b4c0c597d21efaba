package dev.smt.jobs.status;

import dev.smt.jobs.lease.Leases;
import dev.smt.jobs.table.RunRow;
import dev.smt.jobs.table.TrialRow;
import dev.smt.jobs.table.Warehouse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.functions;

/** Reads a warehouse's tables and leases while others write them; it is never in their way. */
public final class WarehouseStatus {
    private final Warehouse warehouse;
    private final Clock clock;

    public WarehouseStatus(Warehouse warehouse, Clock clock) {
        this.warehouse = warehouse;
        this.clock = clock;
    }

    public StatusReport read() {
        List<RunRow> runs = warehouse.rows(RunRow.TABLE);
        List<String> on = runs.stream()
                .filter(run -> run.status().equals(RunRow.RUNNING))
                .map(RunRow::runId)
                .toList();
        Leases leases = new Leases(
                warehouse.location(), warehouse.spark().sparkContext().hadoopConfiguration(), clock);
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
        return new StatusReport(runs, holders, trials, clock.instant());
    }
}
