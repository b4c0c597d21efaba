package dev.smt.training;

import dev.smt.data.EncodedExamples;
import dev.smt.data.FittedState;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.metric.Evaluation;
import dev.smt.nn.embedding.EmbeddingOptimizer;
import dev.smt.nn.embedding.EmbeddingTable;
import dev.smt.nn.embedding.StoredRows;
import dev.smt.nn.representation.FittedFeatures;
import dev.smt.serving.ServingTemplate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A trained model. Owns native memory, which {@link #close} frees; for one thread at a time. */
public final class TrainedModel implements AutoCloseable {
    private final ModelSpecification specification;
    private final RankingModel model;
    private final List<EventLoss> losses;
    private final long seed;
    private final long steps;
    private final long examples;
    private final double trainSeconds;

    TrainedModel(
            ModelSpecification specification,
            RankingModel model,
            List<EventLoss> losses,
            long seed,
            long steps,
            long examples,
            double trainSeconds) {
        this.specification = specification;
        this.model = model;
        this.losses = List.copyOf(losses);
        this.seed = seed;
        this.steps = steps;
        this.examples = examples;
        this.trainSeconds = trainSeconds;
    }

    /**
     * Opens a model as it is served, on the processor; the caller closes it.
     *
     * @throws IllegalArgumentException when the state is not that of a model of this specification
     */
    public static TrainedModel of(ModelSpecification specification, ModelState state) {
        return of(specification, state, ComputeDevice.CPU);
    }

    private static TrainedModel of(ModelSpecification specification, ModelState state, ComputeDevice device) {
        List<EventLoss> losses = LossStatistics.losses(specification, state.statistics());
        RankingModel model = new RankingModel(
                specification.network(),
                new FittedFeatures(specification.network(), state.fitted()),
                specification.predictionBatch(),
                state.seed(),
                EmbeddingOptimizer.Kind.SGD.create(0),
                new Workers(1, device));
        try {
            model.dense().set(state.dense());
            Map<String, EmbeddingTable> tables = model.tables();
            if (!tables.keySet().equals(state.tables().keySet())) {
                throw new IllegalArgumentException("there are embedding tables of "
                        + state.tables().keySet() + "; the network has those of " + tables.keySet());
            }
            state.tables().forEach((feature, rows) -> rows.into(tables.get(feature)));
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
        return new TrainedModel(
                specification, model, losses, state.seed(), state.steps(), state.examples(), state.trainSeconds());
    }

    /**
     * This model, just trained, in the form in which its specification serves it. Of a model that was opened from a state,
     * keep that: its rows may be rounded, and would be again.
     */
    public ModelState state() {
        Map<String, StoredRows> tables = new LinkedHashMap<>();
        ServingTemplate serving = specification.serving();
        model.tables()
                .forEach((feature, table) ->
                        tables.put(feature, StoredRows.of(table, serving.embeddingFormat(), serving.prunedShare())));
        return new ModelState(
                seed,
                steps,
                examples,
                trainSeconds,
                model.dense().byName(),
                tables,
                losses.stream().map(LossStatistics::of).toList(),
                fitted());
    }

    /**
     * This model, just trained, as it is served: a model of its own where that is not as it was trained, else this one. To
     * be closed too; closing twice does no harm.
     */
    public TrainedModel served() {
        return specification.serving().keepsRows() ? this : of(specification, state(), model.device());
    }

    public ModelSpecification specification() {
        return specification;
    }

    /** Optimizer steps of the training; fewer than planned where it was stopped early. */
    public long steps() {
        return steps;
    }

    /** Training rows seen, counted once per epoch. */
    public long examples() {
        return examples;
    }

    /** Wall-clock seconds of the training. */
    public double trainSeconds() {
        return trainSeconds;
    }

    /** What the representations learned from the training rows by counting: with the parameters, all that is the model. */
    public FittedState fitted() {
        return model.fitted().state();
    }

    /** The rows with the columns of the model's declared features. */
    public EncodedExamples withTransforms(EncodedExamples rows) {
        return model.fitted().withTransforms(rows);
    }

    /** Predictions of the main event, one per row: see {@link #predict(EncodedExamples, String)}. */
    public float[] predict(EncodedExamples rows) {
        return predict(rows, specification.label());
    }

    /**
     * Predictions of an event, one per row: the probability of a 0/1 label, of the rows as they are, also where
     * negatives were left out of training, positives weighed more or the loss was focal; an amount; the expected level.
     *
     * @throws IllegalArgumentException when it is no event of the model, or the rows lack a feature
     */
    public float[] predict(EncodedExamples rows, String label) {
        int event = event(label);
        float[] outputs = outputs(rows);
        float[] predictions = new float[rows.rows()];
        EventLoss loss = losses.get(event);
        int width = specification.network().outputs();
        int begin = begin(event);
        for (int row = 0; row < predictions.length; row++) {
            predictions[row] = (float) loss.prediction(outputs, row * width + begin);
        }
        return predictions;
    }

    /** Evaluates the main event: see {@link #evaluate(EncodedExamples, String)}. */
    public Evaluation evaluate(EncodedExamples rows) {
        return evaluate(rows, specification.label());
    }

    /**
     * Evaluates an event on the rows that know it, by the label as it is. The loss of an amount is its squared error, and
     * its normalized entropy the share of the variance that is left.
     *
     * @throws IllegalArgumentException when there are no such rows, it is no event of the model, or a feature or the label
     *     is missing
     * @throws TrainingFailedException when the mean loss is not finite
     */
    public Evaluation evaluate(EncodedExamples rows, String label) {
        return scores(rows, label).evaluation();
    }

    /** The main event's mean loss over that of the best constant of the training rows. */
    double normalizedEntropy(EncodedExamples rows) {
        return scores(rows, specification.label()).normalizedEntropy();
    }

    private EventScores scores(EncodedExamples rows, String label) {
        if (rows.rows() == 0) {
            throw new IllegalArgumentException("no rows to evaluate label " + label + " on");
        }
        int event = event(label);
        EventRows labels =
                EventRows.evaluation(rows, specification.network().events().get(event), specification.data());
        EventScores scores = new EventScores(losses.get(event), labels);
        float[] outputs = outputs(rows);
        int width = specification.network().outputs();
        int begin = begin(event);
        for (int row = 0; row < rows.rows(); row++) {
            if (labels.has(row)) {
                scores.add(rows.bucket(row), outputs, row * width + begin, labels.labels()[row]);
            }
        }
        return scores;
    }

    RankingModel model() {
        return model;
    }

    EventLoss loss(int event) {
        return losses.get(event);
    }

    int event(String label) {
        List<String> labels = specification.network().events().stream()
                .map(OptimizationEvent::label)
                .toList();
        if (!labels.contains(label)) {
            throw new IllegalArgumentException("the model doesn't predict " + label + "; its events are " + labels);
        }
        return labels.indexOf(label);
    }

    /** Where an event's outputs begin among those of a row. */
    int begin(int event) {
        return specification.network().events().subList(0, event).stream()
                .mapToInt(OptimizationEvent::outputs)
                .sum();
    }

    /**
     * The item tower's output of each row, of width D for each event: what a two-tower model computes ahead of the
     * request. It depends on the item features only.
     *
     * @throws IllegalStateException when the model has one tower only
     */
    public List<float[]> itemVectors(EncodedExamples rows) {
        int width = specification.network().architecture().embeddingDimension()
                * specification.network().events().size();
        SideOutputs outputs = SidePass.of(model, SidePass.ITEM_TOWER).of(rows);
        return IntStream.range(0, rows.rows())
                .mapToObj(row -> Arrays.copyOfRange(outputs.vectors(), row * width, (row + 1) * width))
                .toList();
    }

    /** What the network gives out for all rows [rows, O], flat. */
    float[] outputs(EncodedExamples examples) {
        int width = specification.network().outputs();
        float[] outputs = new float[Math.multiplyExact(examples.rows(), width)];
        float[] batch = new float[model.capacity() * width];
        model.read(examples);
        int[] rows = IntStream.range(0, examples.rows()).toArray();
        for (int from = 0; from < rows.length; from += model.capacity()) {
            int count = Math.min(model.capacity(), rows.length - from);
            model.predict(rows, from, count, batch);
            System.arraycopy(batch, 0, outputs, from * width, count * width);
        }
        return outputs;
    }

    @Override
    public void close() {
        model.close();
    }
}
