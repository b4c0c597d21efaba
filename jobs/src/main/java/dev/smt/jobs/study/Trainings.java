package dev.smt.jobs.study;

import dev.smt.jobs.table.BackTestRow;
import dev.smt.jobs.table.BaselineRow;
import dev.smt.jobs.table.FeatureImportanceRow;
import dev.smt.jobs.table.ModelIterationRow;
import dev.smt.jobs.table.Table;
import dev.smt.jobs.table.TrialModelRow;
import dev.smt.jobs.table.Warehouse;
import java.util.Collection;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** How many models some runs trained, counted from what they left in the tables. */
final class Trainings {
    private final Warehouse warehouse;
    private final Object[] runs;

    private Trainings(Warehouse warehouse, Collection<String> runs) {
        this.warehouse = warehouse;
        this.runs = runs.toArray();
    }

    /** Reference models of importance, baselines, trials, back-tests, tuning and rebuilding. */
    static long of(Warehouse warehouse, Collection<String> runs) {
        return new Trainings(warehouse, runs).count();
    }

    private long count() {
        Column rebuilt = functions.col("flops_ratio").isNotNull();
        long tuning = rows(ModelIterationRow.TABLE)
                .agg(functions.coalesce(functions.sum("tuning_trainings"), functions.lit(0)))
                .head()
                .getLong(0);
        return rows(FeatureImportanceRow.TABLE)
                        .filter(functions.col("model_id").notEqual(FeatureImportanceRow.FLEET))
                        .select("run_id", "model_id")
                        .distinct()
                        .count()
                + rows(BaselineRow.TABLE).count()
                + rows(TrialModelRow.TABLE)
                        .filter(functions.col("status").notEqual(TrialModelRow.SKIPPED))
                        .count()
                + rows(BackTestRow.TABLE).count()
                + rows(ModelIterationRow.TABLE).filter(rebuilt).count()
                + tuning;
    }

    private Dataset<Row> rows(Table<?> table) {
        return warehouse.dataset(table).filter(functions.col("run_id").isin(runs));
    }
}
