package dev.smt.training;

import static dev.smt.training.DenseReplica.Mode.PREDICTION;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.smt.data.EncodedExamples;
import dev.smt.metric.BucketedLoss;
import dev.smt.training.NetworkInputs.Means;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What each feature's inputs take off the main event's loss: integrated gradients (Sundararajan, Taly, Yan 2017) of a row's loss,
 * on the straight way from the mean inputs of all rows to its own. The features' parts of a row add up to the difference of the
 * losses at both ends. Inputs are what the network reads: vectors, numbers and first-order terms.
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
    }

    /**
     * The rows' losses.
     *
     * @param own with their own inputs
     * @param mean with the mean inputs
     * @param without by feature, their own without the feature's part
     */
    public record Losses(BucketedLoss own, BucketedLoss mean, Map<String, BucketedLoss> without) {}

    /**
     * Goes the way of every row in so many steps, each a forward and a backward pass for all features together.
     *
     * @throws TrainingFailedException when the loss is not finite
     */
    public Losses losses(int steps) {
        int[] known = IntStream.range(0, rows.rows()).filter(labels::has).toArray();
        Means means = inputs.means(known, size());
        Losses losses = new Losses(new BucketedLoss(), new BucketedLoss(), new LinkedHashMap<>());
        for (int from = 0; from < known.length; from += size()) {
            new Batch(known, from, means).go(steps, losses);
        }
        if (!Double.isFinite(losses.own().totalLoss())) {
            throw new TrainingFailedException("the loss is " + losses.own().totalLoss() + " on " + known.length
                    + " evaluation rows: the model diverged; lower the learning rates");
        }
        return losses;
    }

    private int size() {
        return Math.min(ROWS_AT_ONCE, model.capacity());
    }

    private interface RowLoss {
        void is(int bucket, int place, double nats);
    }

    /** One batch of rows on its way. */
    private final class Batch {
        private final int[] known;
        private final int from;
        private final int count;
        private final Means means;
        private final Map<String, float[]> firstOrder;
        private final float[] own;
        private final float[] values;
        private final Map<String, double[]> parts = new LinkedHashMap<>();

        Batch(int[] known, int from, Means means) {
            this.known = known;
            this.from = from;
            this.count = Math.min(size(), known.length - from);
            this.means = means;
            this.firstOrder = inputs.firstOrder(known, from, count);
            this.own = new float[count];
            this.values = new float[count * outputs];
            firstOrder.values().forEach(terms -> {
                for (int b = 0; b < count; b++) {
                    own[b] += terms[b];
                }
            });
            inputs.features().forEach(names -> names.forEach(name -> parts.put(name, new double[count])));
        }

        void go(int steps, Losses to) {
            try (NDManager batch = model.replica().begin()) {
                NDList arrays = inputs.arrays(known, from, count, batch);
                NDList ends = new NDList();
                NDList ways = new NDList();
                for (int i = 0; i < arrays.size(); i++) {
                    long[] row = arrays.get(i).getShape().getShape().clone();
                    row[0] = 1;
                    ends.add(batch.create(means.arrays().get(i), new Shape(row)));
                    ways.add(arrays.get(i).sub(ends.get(i)));
                }
                for (int step = 0; step < steps; step++) {
                    step(arrays, ends, ways, (step + 0.5f) / steps);
                }
                model.replica().forward(places(arrays, ends, ways, 0, batch), count, values, 0, PREDICTION);
                addFirstOrder(0);
                evaluate((bucket, place, nats) -> to.mean().add(bucket, nats));
                model.replica().forward(arrays, count, values, 0, PREDICTION);
                addFirstOrder(1);
            }
            evaluate((bucket, place, nats) -> {
                to.own().add(bucket, nats);
                parts.forEach((feature, part) -> to.without()
                        .computeIfAbsent(feature, name -> new BucketedLoss())
                        .add(bucket, nats - part[place] / steps));
            });
        }

        private void evaluate(RowLoss to) {
            for (int b = 0; b < count; b++) {
                int row = known[from + b];
                to.is(rows.bucket(row), b, loss.evaluation(values, b * outputs, labels.labels()[row]));
            }
        }

        private NDList places(NDList arrays, NDList ends, NDList ways, float at, NDManager owner) {
            NDArray share = owner.create(at);
            NDList places = new NDList();
            for (int i = 0; i < arrays.size(); i++) {
                NDArray place = arrays.get(i);
                if (!inputs.features().get(i).isEmpty()) {
                    place = ways.get(i).mul(share).add(ends.get(i));
                    place.attach(owner);
                }
                places.add(place);
            }
            return places;
        }

        /** @param at share of the way from the mean inputs to the rows' own */
        private void step(NDList arrays, NDList ends, NDList ways, float at) {
            try (NDManager step = model.replica().step().newSubManager()) {
                NDList places = places(arrays, ends, ways, at, step);
                for (int i = 0; i < arrays.size(); i++) {
                    if (!inputs.features().get(i).isEmpty()) {
                        places.get(i).setRequiresGradient(true);
                    }
                }
                model.replica().forward(places, count, values, 0, DenseReplica.Mode.ATTRIBUTION);
                addFirstOrder(at);
                float[] gradient = gradient();
                model.replica().backward(gradient, 0, count);
                for (int i = 0; i < arrays.size(); i++) {
                    List<String> names = inputs.features().get(i);
                    if (!names.isEmpty()) {
                        add(places.get(i).getGradient().mul(ways.get(i)), names);
                    }
                }
                addFirstOrderParts(gradient);
                model.dense().takeGradients(0, step);
            }
        }

        private void addFirstOrder(float at) {
            double mean = means.firstOrder().values().stream()
                    .mapToDouble(Double::doubleValue)
                    .sum();
            for (int b = 0; b < count; b++) {
                float term = (float) (mean + at * (own[b] - mean));
                for (int o = b * outputs; o < b * outputs + mainOutputs; o++) {
                    values[o] += term;
                }
            }
        }

        private float[] gradient() {
            float[] gradient = new float[values.length];
            for (int b = 0; b < count; b++) {
                float label = labels.labels()[known[from + b]];
                for (int o = b * outputs; o < b * outputs + mainOutputs; o++) {
                    gradient[o] = derivative(values, b * outputs, o, label);
                }
            }
            return gradient;
        }

        private void add(NDArray products, List<String> names) {
            float[] numbers =
                    Torch.numbers(products.reshape(count, names.size(), -1).sum(new int[] {2}));
            for (int b = 0; b < count; b++) {
                for (int n = 0; n < names.size(); n++) {
                    parts.get(names.get(n))[b] += numbers[b * names.size() + n];
                }
            }
        }

        private void addFirstOrderParts(float[] gradient) {
            firstOrder.forEach((feature, terms) -> {
                double mean = means.firstOrder().get(feature);
                double[] part = parts.get(feature);
                for (int b = 0; b < count; b++) {
                    for (int o = b * outputs; o < b * outputs + mainOutputs; o++) {
                        part[b] += gradient[o] * (terms[b] - mean);
                    }
                }
            });
        }
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
