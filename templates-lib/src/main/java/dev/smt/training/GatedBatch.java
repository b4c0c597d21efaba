package dev.smt.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.smt.training.NetworkInputs.Means;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * One batch of rows whose inputs are, feature by feature, a share of the way from the mean inputs to the row's own: its gate. Inputs
 * are what the network reads: vectors, numbers and first-order terms.
 */
final class GatedBatch implements AutoCloseable {
    private final RankingModel model;
    private final NetworkInputs inputs;
    private final int count;
    private final int mainOutputs;
    private final Map<String, float[]> firstOrder;
    private final Map<String, Double> firstOrderMeans;
    private final float[] values;
    private final NDManager batch;
    private final NDList arrays;
    private final NDList ends = new NDList();
    private final NDList ways = new NDList();

    /** @param means the ends that closed gates leave */
    GatedBatch(RankingModel model, NetworkInputs inputs, Means means, int[] rows, int from, int count) {
        this.model = model;
        this.inputs = inputs;
        this.count = count;
        this.mainOutputs = model.mainOutputs();
        this.firstOrder = inputs.firstOrder(rows, from, count);
        this.firstOrderMeans = means.firstOrder();
        this.values = new float[count * model.outputs()];
        this.batch = model.replica().begin();
        this.arrays = inputs.arrays(rows, from, count, batch);
        for (int i = 0; i < arrays.size(); i++) {
            long[] row = arrays.get(i).getShape().getShape().clone();
            row[0] = 1;
            ends.add(batch.create(means.arrays().get(i), new Shape(row)));
            ways.add(arrays.get(i).sub(ends.get(i)));
        }
    }

    /** The rows' outputs [B, O], flat; valid until the next call. */
    float[] outputs(ToDoubleFunction<String> gates) {
        try (NDManager step = batch.newSubManager()) {
            model.replica().forward(places(gates, step), count, values, 0, DenseReplica.Mode.PREDICTION);
        }
        addFirstOrder(gates);
        return values;
    }

    /** Of something that is wanted of a batch's outputs, its derivative by them [B, O], flat. */
    interface Wanted {
        float[] derivative(float[] outputs);
    }

    /** By feature, the derivative of what is wanted by the feature's gate [B]. */
    Map<String, double[]> derivatives(ToDoubleFunction<String> gates, Wanted wanted) {
        Map<String, double[]> parts = new LinkedHashMap<>();
        inputs.features().forEach(names -> names.forEach(name -> parts.put(name, new double[count])));
        try (NDManager step = batch.newSubManager()) {
            NDList places = places(gates, step);
            for (int i = 0; i < arrays.size(); i++) {
                if (isGated(i)) {
                    places.get(i).setRequiresGradient(true);
                }
            }
            model.replica().forward(places, count, values, 0, DenseReplica.Mode.ATTRIBUTION);
            addFirstOrder(gates);
            float[] gradient = wanted.derivative(values);
            model.replica().backward(gradient, 0, count);
            for (int i = 0; i < arrays.size(); i++) {
                if (isGated(i)) {
                    add(
                            places.get(i).getGradient().mul(ways.get(i)),
                            inputs.features().get(i),
                            parts);
                }
            }
            addFirstOrderParts(gradient, parts);
            model.dense().takeGradients(0, step);
        }
        return parts;
    }

    private boolean isGated(int array) {
        return !inputs.features().get(array).isEmpty();
    }

    private NDList places(ToDoubleFunction<String> gates, NDManager owner) {
        NDList places = new NDList();
        for (int i = 0; i < arrays.size(); i++) {
            NDArray place = arrays.get(i);
            if (isGated(i)) {
                place = ways.get(i).mul(gates(gates, i, owner)).add(ends.get(i));
                place.attach(owner);
            }
            places.add(place);
        }
        return places;
    }

    /** As wide as the array's features, 1 along its other axes. */
    private NDArray gates(ToDoubleFunction<String> gates, int array, NDManager owner) {
        List<String> names = inputs.features().get(array);
        Shape all = ways.get(array).getShape();
        long perFeature = all.get(1) / names.size();
        float[] numbers = new float[Math.toIntExact(perFeature * names.size())];
        for (int at = 0; at < numbers.length; at++) {
            numbers[at] = (float) gates.applyAsDouble(names.get(Math.toIntExact(at / perFeature)));
        }
        long[] shape = new long[all.dimension()];
        Arrays.fill(shape, 1);
        shape[1] = numbers.length;
        return owner.create(numbers, new Shape(shape));
    }

    private void addFirstOrder(ToDoubleFunction<String> gates) {
        firstOrder.forEach((feature, terms) -> {
            double mean = firstOrderMeans.get(feature);
            double gate = gates.applyAsDouble(feature);
            for (int b = 0; b < count; b++) {
                addToMain(values, b, mean + gate * (terms[b] - mean));
            }
        });
    }

    /** Adds a number to a row's outputs of the main event. */
    void addToMain(float[] outputs, int b, double term) {
        for (int o = b * model.outputs(); o < b * model.outputs() + mainOutputs; o++) {
            outputs[o] += (float) term;
        }
    }

    private void add(NDArray products, List<String> names, Map<String, double[]> parts) {
        float[] numbers =
                Torch.numbers(products.reshape(count, names.size(), -1).sum(new int[] {2}));
        for (int b = 0; b < count; b++) {
            for (int n = 0; n < names.size(); n++) {
                parts.get(names.get(n))[b] += numbers[b * names.size() + n];
            }
        }
    }

    private void addFirstOrderParts(float[] gradient, Map<String, double[]> parts) {
        firstOrder.forEach((feature, terms) -> {
            double mean = firstOrderMeans.get(feature);
            double[] part = parts.get(feature);
            for (int b = 0; b < count; b++) {
                for (int o = b * model.outputs(); o < b * model.outputs() + mainOutputs; o++) {
                    part[b] += gradient[o] * (terms[b] - mean);
                }
            }
        });
    }

    @Override
    public void close() {
        batch.close();
    }
}
