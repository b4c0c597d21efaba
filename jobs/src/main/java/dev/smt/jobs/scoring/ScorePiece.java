package dev.smt.jobs.scoring;

import dev.smt.data.EncodedExamples;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.jobs.ingest.Split;
import dev.smt.jobs.table.ExportedModelRow;
import dev.smt.jobs.table.PredictionRow;
import dev.smt.jobs.trial.ExampleCache;
import dev.smt.training.TrainedModel;
import java.io.Serializable;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;

/**
 * A stretch of rows that one task scores. It begins at a multiple of the rows that the model predicts together, so that
 * every bit of a prediction is what it is where all rows are predicted at once.
 *
 * @param runId of the run
 * @param model what scores
 * @param from the first row
 * @param to the row after the last one
 */
record ScorePiece(String runId, ExportedModel model, Split split, int from, int to) implements Serializable {

    /** What of an exported model's row a task needs: a row holds what can't be serialized. */
    record ExportedModel(
            String modelId, String pipeline, String dataVersion, String file, String checksum, ModelStore store)
            implements Serializable {
        static ExportedModel of(ExportedModelRow row, ModelStore store) {
            return new ExportedModel(
                    row.modelId(), row.pipeline(), row.dataVersion(), row.file(), row.checksum(), store);
        }
    }

    /** The rows of the table, one per row and event. */
    Iterator<Row> score(ExampleCache cache) {
        EncodedExamples all = cache.examples(model.pipeline(), model.dataVersion(), split);
        EncodedExamples rows = all.range(from, to);
        Map<String, float[]> predictions = new LinkedHashMap<>();
        try (TrainedModel trained =
                model.store().read(model.file(), model.checksum()).open()) {
            for (OptimizationEvent event : trained.specification().network().events()) {
                predictions.put(event.label(), trained.predict(rows, event.label()));
            }
        }
        return predictions.entrySet().stream()
                .flatMap(event -> IntStream.range(0, rows.rows())
                        .mapToObj(row -> PredictionRow.TABLE.toRow(
                                prediction(rows, row, event.getKey(), event.getValue()[row]))))
                .iterator();
    }

    private PredictionRow prediction(EncodedExamples rows, int row, String event, float prediction) {
        return new PredictionRow(
                runId,
                model.modelId(),
                model.checksum(),
                model.dataVersion(),
                split.label(),
                (long) from + row,
                rows.rowHash(row),
                Instant.ofEpochMilli(rows.time(row)),
                event,
                prediction);
    }
}
