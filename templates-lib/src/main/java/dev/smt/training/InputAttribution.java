package dev.smt.training;

import dev.smt.data.EncodedExamples;
import dev.smt.metric.BucketedLoss;
import dev.smt.training.NetworkInputs.Means;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What each feature's inputs do to the main event's loss, for all features from the same passes. A feature's inputs are its own, or
 * a share of the way from the mean inputs of all rows to them: its gate, from 0 to 1.
 */
public final class InputAttribution {
    /** Half the distance of the outputs from which a loss's derivative is taken. */
    private static final float STEP = 0.01f;

    private static final int ROWS_AT_ONCE = 256;

    private final RankingModel model;
    private final EncodedExamples rows;
    private final EventRows labels;
    private final EventLoss loss;
    private final int outputs;
    private final int mainOutputs;
    private final NetworkInputs inputs;
    private final int[] known;
    private final Means means;

    /**
     * Of a model on some rows. The model reads them until others are read by it.
     *
     * @throws IllegalArgumentException when the rows lack a feature or the label
     * @throws TrainingFailedException when a label has a value that the event can't have
     */
    public InputAttribution(TrainedModel trained, EncodedExamples rows) {
        this.model = trained.model();
        this.rows = rows;
        this.loss = trained.loss(0);
        this.labels = EventRows.evaluation(
                rows,
                trained.specification().network().events().get(0),
                trained.specification().data());
        this.outputs = trained.specification().network().outputs();
        this.mainOutputs = trained.specification().network().events().get(0).outputs();
        this.inputs = new NetworkInputs(model);
        model.read(rows);
        this.known = IntStream.range(0, rows.rows()).filter(labels::has).toArray();
        this.means = inputs.means(known, Math.min(ROWS_AT_ONCE, model.capacity()));
    }

    /**
     * The rows' losses.
     *
     * @param own with their own inputs, or with those that the gates leave
     * @param mean with the mean inputs
     * @param without by feature, the first without the feature's part
     */
    public record Losses(BucketedLoss own, BucketedLoss mean, Map<String, BucketedLoss> without) {
        private Losses() {
            this(new BucketedLoss(), new BucketedLoss(), new LinkedHashMap<>());
        }

        private void addWithout(String feature, int bucket, double nats) {
            without.computeIfAbsent(feature, name -> new BucketedLoss()).add(bucket, nats);
        }
    }

    /**
     * Integrated gradients (Sundararajan, Taly, Yan 2017) of a row's loss, on the straight way from the mean inputs to its own, in
     * so many steps, each a forward and a backward pass: the parts of a row add up to the difference of the losses at both ends.
     *
     * @throws TrainingFailedException when the loss is not finite
     */
    public Losses losses(int steps) {
        Losses losses = new Losses();
        batches(known, ROWS_AT_ONCE, (batch, from, count) -> {
            Map<String, double[]> parts = new LinkedHashMap<>();
            for (int step = 0; step < steps; step++) {
                double at = (step + 0.5) / steps;
                batch.derivatives(feature -> at, values -> lossDerivative(values, known, from, count))
                        .forEach((feature, part) -> parts.merge(feature, part, InputAttribution::sum));
            }
            float[] mean = batch.outputs(feature -> 0);
            for (int b = 0; b < count; b++) {
                losses.mean().add(bucket(known[from + b]), loss(mean, b, known[from + b]));
            }
            float[] own = batch.outputs(feature -> 1);
            for (int b = 0; b < count; b++) {
                int row = known[from + b];
                double nats = loss(own, b, row);
                losses.own().add(bucket(row), nats);
                for (Map.Entry<String, double[]> part : parts.entrySet()) {
                    losses.addWithout(part.getKey(), bucket(row), nats - part.getValue()[b] / steps);
                }
            }
        });
        return finite(losses);
    }

    /**
     * First-order ablation: the loss where the outputs are what they would be with a feature's gate closed if they were linear in
     * its inputs. One forward and one backward pass.
     *
     * @param gates by feature, from 0 to 1; all 1: the rows' own inputs
     * @param wanted rows by their bucket
     * @throws TrainingFailedException when the loss is not finite
     */
    public Losses ablated(ToDoubleFunction<String> gates, IntPredicate wanted) {
        Losses losses = new Losses();
        int[] some = rows(wanted);
        batches(some, ROWS_AT_ONCE, (batch, from, count) -> {
            float[] values = new float[count * outputs];
            Map<String, double[]> parts = batch.derivatives(gates, all -> {
                System.arraycopy(all, 0, values, 0, values.length);
                // The main event's outputs differ by constants.
                float[] first = new float[values.length];
                for (int b = 0; b < count; b++) {
                    first[b * outputs] = 1;
                }
                return first;
            });
            float[] moved = new float[values.length];
            parts.forEach((feature, part) -> {
                double gate = gates.applyAsDouble(feature);
                System.arraycopy(values, 0, moved, 0, values.length);
                for (int b = 0; b < count; b++) {
                    batch.addToMain(moved, b, -gate * part[b]);
                    losses.addWithout(feature, bucket(some[from + b]), loss(moved, b, some[from + b]));
                }
            });
            for (int b = 0; b < count; b++) {
                losses.own().add(bucket(some[from + b]), loss(values, b, some[from + b]));
            }
        });
        return finite(losses);
    }

    /** What is done with the mean derivative of the loss by the features' gates. */
    public interface GateStep {
        void move(Map<String, Double> derivatives);
    }

    /**
     * Goes through rows once, and after every so many has the gates moved by the derivatives of the mean loss, in nats.
     *
     * @param gates by feature, from 0 to 1, as they are at the time
     * @param wanted rows by their bucket
     */
    public void descend(ToDoubleFunction<String> gates, IntPredicate wanted, int rowsPerStep, GateStep step) {
        int[] some = rows(wanted);
        batches(some, rowsPerStep, (batch, from, count) -> {
            Map<String, Double> mean = new LinkedHashMap<>();
            batch.derivatives(gates, values -> lossDerivative(values, some, from, count))
                    .forEach((feature, part) -> mean.put(
                            feature,
                            IntStream.range(0, count).mapToDouble(b -> part[b]).sum() / count));
            step.move(mean);
        });
    }

    private int[] rows(IntPredicate wanted) {
        return IntStream.of(known).filter(row -> wanted.test(bucket(row))).toArray();
    }

    private interface Work {
        void rows(GatedBatch batch, int from, int count);
    }

    private void batches(int[] some, int most, Work work) {
        int size = Math.min(most, model.capacity());
        for (int from = 0; from < some.length; from += size) {
            int count = Math.min(size, some.length - from);
            try (GatedBatch batch = new GatedBatch(model, inputs, means, some, from, count)) {
                work.rows(batch, from, count);
            }
        }
    }

    private int bucket(int row) {
        return rows.bucket(row);
    }

    private double loss(float[] values, int b, int row) {
        return loss.evaluation(values, b * outputs, labels.labels()[row]);
    }

    private static double[] sum(double[] one, double[] other) {
        for (int b = 0; b < one.length; b++) {
            one[b] += other[b];
        }
        return one;
    }

    private Losses finite(Losses losses) {
        if (!Double.isFinite(losses.own().totalLoss())) {
            throw new TrainingFailedException("the loss is " + losses.own().totalLoss() + " on "
                    + losses.own().totalRows() + " evaluation rows: the model diverged; lower the learning rates");
        }
        return losses;
    }

    private float[] lossDerivative(float[] values, int[] some, int from, int count) {
        float[] gradient = new float[count * outputs];
        for (int b = 0; b < count; b++) {
            float label = labels.labels()[some[from + b]];
            for (int o = b * outputs; o < b * outputs + mainOutputs; o++) {
                gradient[o] = derivative(values, b * outputs, o, label);
            }
        }
        return gradient;
    }

    /** Of a row's evaluation loss by one output: a central difference, because each loss is calibrated in a way of its own. */
    private float derivative(float[] values, int begin, int output, float label) {
        float value = values[output];
        values[output] = value + STEP;
        double above = loss.evaluation(values, begin, label);
        float high = values[output];
        values[output] = value - STEP;
        double below = loss.evaluation(values, begin, label);
        float low = values[output];
        values[output] = value;
        return (float) ((above - below) / (high - low));
    }
}
