package dev.smt.training;

import dev.smt.data.EncodedExamples;
import dev.smt.data.FittedState;
import dev.smt.metric.Auc;
import dev.smt.metric.BucketedLoss;
import dev.smt.metric.Evaluation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A trained model. Owns native memory, which {@link #close} frees; for one thread at a time. */
public final class TrainedModel implements AutoCloseable {
    private final ModelSpecification specification;
    private final RankingModel model;
    private final double baseRate;
    private final long steps;
    private final long examples;
    private final double trainSeconds;

    TrainedModel(
            ModelSpecification specification,
            RankingModel model,
            double baseRate,
            long steps,
            long examples,
            double trainSeconds) {
        this.specification = specification;
        this.model = model;
        this.baseRate = baseRate;
        this.steps = steps;
        this.examples = examples;
        this.trainSeconds = trainSeconds;
    }

    public ModelSpecification specification() {
        return specification;
    }

    /** Optimizer steps of the training. */
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

    /** Share of positives of the training rows, before any were left out. */
    public double baseRate() {
        return baseRate;
    }

    /** What the representations learned from the training rows by counting: with the parameters, all that is the model. */
    public FittedState fitted() {
        return model.fitted().state();
    }

    /** The rows with the columns of the model's declared features. */
    EncodedExamples withTransforms(EncodedExamples rows) {
        return model.fitted().withTransforms(rows);
    }

    /** Probabilities, one per row, calibrated to the rows as they are where negatives were left out of training. */
    public float[] predict(EncodedExamples rows) {
        float[] values = logits(rows);
        for (int row = 0; row < values.length; row++) {
            values[row] = (float) LogisticLoss.sigmoid(values[row]);
        }
        return values;
    }

    /**
     * Evaluates the model on rows that have the label.
     *
     * @throws IllegalArgumentException when there are no rows, or a feature or the label is missing
     * @throws TrainingFailedException when the log loss is not finite
     */
    public Evaluation evaluate(EncodedExamples rows) {
        if (rows.rows() == 0) {
            throw new IllegalArgumentException("no rows to evaluate label " + specification.label() + " on");
        }
        float[] labels = rows.label(specification.label());
        float[] logits = logits(rows);
        BucketedLoss losses = new BucketedLoss();
        double predicted = 0;
        long positives = 0;
        for (int row = 0; row < logits.length; row++) {
            losses.add(rows.bucket(row), LogisticLoss.of(logits[row], labels[row]));
            predicted += LogisticLoss.sigmoid(logits[row]);
            positives += labels[row] == 1 ? 1 : 0;
        }
        double logLoss = losses.totalLoss() / rows.rows();
        if (!Double.isFinite(logLoss)) {
            throw new TrainingFailedException("the log loss of label " + specification.label() + " is " + logLoss
                    + " on " + rows.rows() + " evaluation rows: the model diverged; lower the learning rates");
        }
        double calibration = positives == 0 ? Double.NaN : predicted / positives;
        return new Evaluation(logLoss / baseEntropy(), logLoss, Auc.of(logits, labels), calibration, positives, losses);
    }

    /** Mean log loss in nats over the entropy of the training rows' base rate. */
    double normalizedEntropy(EncodedExamples rows) {
        float[] labels = rows.label(specification.label());
        float[] logits = logits(rows);
        double sum = 0;
        for (int row = 0; row < logits.length; row++) {
            sum += LogisticLoss.of(logits[row], labels[row]);
        }
        return sum / logits.length / baseEntropy();
    }

    private double baseEntropy() {
        return -baseRate * Math.log(baseRate) - (1 - baseRate) * Math.log(1 - baseRate);
    }

    /**
     * The item tower's output of each row, of width D: what a two-tower model computes ahead of the request. It depends
     * on the item features only.
     *
     * @throws IllegalStateException when the model has one tower only
     */
    public List<float[]> itemVectors(EncodedExamples rows) {
        int dimension = specification.network().architecture().embeddingDimension();
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

    private float[] logits(EncodedExamples examples) {
        // p / (p + (1 - p) / rate) multiplies the odds by the rate.
        float shift = (float) Math.log(specification.data().negativeRate());
        float[] logits = new float[examples.rows()];
        float[] batch = new float[model.capacity()];
        forEachBatch(examples, (numbers, count, from) -> {
            model.predict(numbers, 0, count, batch);
            for (int b = 0; b < count; b++) {
                logits[from + b] = batch[b] + shift;
            }
        });
        return logits;
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
