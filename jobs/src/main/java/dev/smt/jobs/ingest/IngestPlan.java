package dev.smt.jobs.ingest;

import dev.smt.fleet.FleetModel;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What is known before anything is written.
 *
 * @param cells counts of kept and read rows together
 * @param examples the rows that were read, with their split; a pipeline's are in one partition
 * @param earlier rows that are kept besides
 * @param trainingUntil time before which rows are training rows, milliseconds since the epoch
 * @param report what the user is told of it
 */
record IngestPlan(
        List<Cell> cells,
        List<FleetModel> fleet,
        Dataset<Row> examples,
        DataContract contract,
        Optional<EarlierTraining> earlier,
        long trainingUntil,
        List<String> report) {
    IngestPlan {
        cells = List.copyOf(cells);
        fleet = List.copyOf(fleet);
        report = List.copyOf(report);
    }
}
