package dev.smt.jobs.plan;

import dev.smt.jobs.table.BaselineRow;
import dev.smt.jobs.table.TrialModelRow;
import dev.smt.jobs.table.TrialRow;
import dev.smt.jobs.table.Warehouse;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import scala.jdk.javaapi.CollectionConverters;

/**
 * How long trainings took so far.
 *
 * @param trainings that were timed
 * @param meanSeconds of one on all rows
 */
public record PastTrainings(long trainings, double meanSeconds) {
    private static final String ROWS_SHARE = "rows_share";

    /** Of the finished trainings in a warehouse; empty where there is none. */
    public static Optional<PastTrainings> in(Warehouse warehouse) {
        Dataset<Row> seconds =
                onAllRows(warehouse).union(warehouse.dataset(BaselineRow.TABLE).select("status", "train_seconds"));
        Row found = seconds.where("status = 'DONE' AND train_seconds > 0")
                .agg(functions.count("*"), functions.avg("train_seconds"))
                .head();
        return found.getLong(0) == 0
                ? Optional.empty()
                : Optional.of(new PastTrainings(found.getLong(0), found.getDouble(1)));
    }

    /** Trials' trainings, as long as they would have taken on all rows. */
    private static Dataset<Row> onAllRows(Warehouse warehouse) {
        Dataset<Row> trials = warehouse.dataset(TrialRow.TABLE);
        Dataset<Row> models = warehouse.dataset(TrialModelRow.TABLE);
        return models.join(
                        trials.select("study_id", "technique", "trial", ROWS_SHARE),
                        CollectionConverters.asScala(List.of("study_id", "technique", "trial"))
                                .toSeq(),
                        "left")
                .selectExpr(
                        "status",
                        "train_seconds / if(replicate = 0, coalesce(" + ROWS_SHARE + ", 1D), 1D) AS train_seconds");
    }

    /** Hours of one slot for so many trainings. */
    double slotHours(double count) {
        return count * meanSeconds / 3600;
    }
}
