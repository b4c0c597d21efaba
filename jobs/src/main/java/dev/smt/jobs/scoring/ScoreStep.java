package dev.smt.jobs.scoring;

import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.ingest.EncodedStore;
import dev.smt.jobs.ingest.Split;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.Step;
import dev.smt.jobs.run.StepResult;
import dev.smt.jobs.scoring.ScorePiece.ExportedModel;
import dev.smt.jobs.table.ExportedModelRow;
import dev.smt.jobs.table.PredictionRow;
import dev.smt.jobs.table.Warehouse;
import dev.smt.jobs.trial.ExecutorFanOut;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The run behind {@code score}: exported models predict the rows of their pipelines' split, on the executors. It trains
 * nothing. No step of the cycle, but a row of {@code runs} like one.
 */
public final class ScoreStep implements Step {
    /** About so many rows per task. */
    private static final int ROWS_PER_PIECE = 1 << 16;

    private final List<String> modelIds;
    private final Split split;

    public ScoreStep(List<String> modelIds, Split split) {
        this.modelIds = modelIds.stream().sorted().distinct().toList();
        this.split = split;
    }

    @Override
    public String name() {
        return "score";
    }

    @Override
    public List<String> needs() {
        return List.of("ingest");
    }

    @Override
    public String configuration(RunContext context) {
        return split.label() + "\n"
                + models(context).stream()
                        .map(row -> row.modelId() + " " + row.checksum())
                        .collect(Collectors.joining("\n"));
    }

    @Override
    public StepResult run(RunContext context, String runId) {
        Warehouse warehouse = context.warehouse();
        List<ScorePiece> pieces = new ArrayList<>();
        long rows = 0;
        for (ExportedModelRow model : models(context)) {
            List<ScorePiece> some = pieces(warehouse, runId, model);
            rows += some.get(some.size() - 1).to();
            pieces.addAll(some);
        }
        try (ExecutorFanOut executors = new ExecutorFanOut(warehouse)) {
            JavaRDD<Row> predictions = executors.flatMap(pieces, (cache, piece) -> piece.score(cache));
            warehouse.replace(PredictionRow.TABLE, predictions, scored());
        }
        return new StepResult(
                List.of(rows + " " + split.label() + " rows scored by " + modelIds.size()
                        + (modelIds.size() == 1 ? " model" : " models")),
                Map.of(),
                List.of(PredictionRow.TABLE.name()));
    }

    /** The rows of the table that this run is about, in SQL. */
    private String scored() {
        String ids = modelIds.stream()
                .map(id -> "'" + id.replace("\\", "\\\\").replace("'", "\\'") + "'")
                .collect(Collectors.joining(", "));
        return "split = '" + split.label() + "' AND model_id IN (" + ids + ")";
    }

    /** The latest export of each model, by model id. */
    private List<ExportedModelRow> models(RunContext context) {
        List<ExportedModelRow> known = context.warehouse()
                .rows(ExportedModelRow.TABLE, functions.col("model_id").isin(modelIds.toArray()));
        List<ExportedModelRow> latest = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String id : modelIds) {
            Optional<ExportedModelRow> row = known.stream()
                    .filter(model -> model.modelId().equals(id))
                    .max(Comparator.comparing(ExportedModelRow::exportedAt));
            if (row.isEmpty()) {
                problems.add("--model is \"" + id + "\", which was never exported; export it first: smt train --model "
                        + id + " --conf " + context.configuration().source());
            }
            row.ifPresent(latest::add);
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return latest;
    }

    /** The rows of the data that the model was trained on: with other data its ids would mean something else. */
    private List<ScorePiece> pieces(Warehouse warehouse, String runId, ExportedModelRow row) {
        ModelStore store = TrainStep.store(warehouse);
        int batch = store.read(row.file(), row.checksum()).specification().predictionBatch();
        EncodedStore encoded = new EncodedStore(
                warehouse.location(), warehouse.spark().sparkContext().hadoopConfiguration());
        int rows = Math.toIntExact(
                encoded.manifest(row.pipeline(), row.dataVersion()).split(split).rows());
        int step = batch * Math.max(1, ROWS_PER_PIECE / batch);
        List<ScorePiece> pieces = new ArrayList<>();
        for (int from = 0; from < rows; from += step) {
            pieces.add(new ScorePiece(
                    runId, ExportedModel.of(row, store), split, from, (int) Math.min(rows, (long) from + step)));
        }
        return pieces;
    }
}
