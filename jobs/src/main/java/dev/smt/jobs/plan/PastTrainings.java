package dev.smt.jobs.plan;

import dev.smt.jobs.table.BaselineRow;
import dev.smt.jobs.table.TrialModelRow;
import dev.smt.jobs.table.Warehouse;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * How long trainings took so far.
 *
 * @param trainings that were timed
 * @param meanSeconds of one
 */
public record PastTrainings(long trainings, double meanSeconds) {

    /** Of the finished trainings in a warehouse; empty where there is none. */
    public static Optional<PastTrainings> in(Warehouse warehouse) {
        Dataset<Row> seconds = warehouse
                .dataset(TrialModelRow.TABLE)
                .select("status", "train_seconds")
                .union(warehouse.dataset(BaselineRow.TABLE).select("status", "train_seconds"));
        Row found = seconds.where("status = 'DONE' AND train_seconds > 0")
                .agg(functions.count("*"), functions.avg("train_seconds"))
                .head();
        return found.getLong(0) == 0
                ? Optional.empty()
                : Optional.of(new PastTrainings(found.getLong(0), found.getDouble(1)));
    }

    /** Hours of one slot for so many trainings. */
    double slotHours(long count) {
        return count * meanSeconds / 3600;
    }
}
