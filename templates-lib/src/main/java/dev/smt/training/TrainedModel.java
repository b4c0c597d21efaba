package dev.smt.training;

import dev.smt.data.EncodedExamples;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.metric.Evaluation;
import dev.smt.nn.NetworkSpecification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A trained model. Owns native memory, which {@link #close} frees; for one thread at a time. */
public final class TrainedModel implements AutoCloseable {
    private final ModelSpecification specification;
    private final RankingModel model;
    private final List<EventLoss> losses;
    private final long steps;
    private final long examples;
    private final double trainSeconds;

    TrainedModel(
            ModelSpecification specification,
            RankingModel model,
            List<EventLoss> losses,
            long steps,
            long examples,
            double trainSeconds) {
        this.specification = specification;
        this.model = model;
        this.losses = List.copyOf(losses);
        this.steps = steps;
        this.examples = examples;
        this.trainSeconds = trainSeconds;
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
        for (int row = 0; row < predictions.length; row++) {
            predictions[row] = (float) losses.get(event).prediction(outputs, at(row, event));
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
        for (int row = 0; row < rows.rows(); row++) {
            if (labels.has(row)) {
                scores.add(rows.bucket(row), outputs, at(row, event), labels.labels()[row]);
            }
        }
        return scores;
    }

    private int event(String label) {
        List<String> labels = specification.network().events().stream()
                .map(OptimizationEvent::label)
                .toList();
        if (!labels.contains(label)) {
            throw new IllegalArgumentException("the model doesn't predict " + label + "; its events are " + labels);
        }
        return labels.indexOf(label);
    }

    /** Where an event's outputs begin. */
    private int at(int row, int event) {
        NetworkSpecification network = specification.network();
        int before = network.events().subList(0, event).stream()
                .mapToInt(OptimizationEvent::outputs)
                .sum();
        return row * network.outputs() + before;
    }

    /**
     * The item tower's output of each row, of width D for each event: what a two-tower model computes ahead of the
     * request. It depends on the item features only.
     *
     * @throws IllegalStateException when the model has one tower only
     */
    public List<float[]> itemVectors(EncodedExamples rows) {
        int dimension = specification.network().architecture().embeddingDimension()
                * specification.network().events().size();
        List<float[]> vectors = new ArrayList<>(rows.rows());
        float[] batch = new float[model.capacity() * dimension];
        forEachBatch(rows, (numbers, count, from) -> {
            model.itemVectors(numbers, 0, count, batch);
            for (int b = 0; b < count; b++) {
                vectors.add(Arrays.copyOfRange(batch, b * dimension, (b + 1) * dimension));
            }
        });
        return vectors;
    }

    /** What the network gives out for all rows [rows, O], flat. */
    private float[] outputs(EncodedExamples examples) {
        int width = specification.network().outputs();
        float[] outputs = new float[Math.multiplyExact(examples.rows(), width)];
        float[] batch = new float[model.capacity() * width];
        forEachBatch(examples, (numbers, count, from) -> {
            model.predict(numbers, 0, count, batch);
            System.arraycopy(batch, 0, outputs, from * width, count * width);
        });
        return outputs;
    }

    private interface BatchConsumer {
        void accept(int[] rows, int count, int from);
    }

    private void forEachBatch(EncodedExamples examples, BatchConsumer consumer) {
        model.read(examples);
        int[] rows = new int[model.capacity()];
        for (int from = 0; from < examples.rows(); from += rows.length) {
            int count = Math.min(rows.length, examples.rows() - from);
            for (int b = 0; b < count; b++) {
                rows[b] = from + b;
            }
            consumer.accept(rows, count, from);
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
