package dev.smt.training;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.smt.feature.Feature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a model's network reads of the rows, array by array, and the ids' first-order terms, which are added to its outputs. */
final class NetworkInputs {
    private final RankingModel model;
    private final List<List<String>> features;

    NetworkInputs(RankingModel model) {
        this.model = model;
        this.features = model.towers().stream()
                .flatMap(tower -> tower.features().inputFeatures().stream())
                .map(some -> some.stream().map(Feature::name).toList())
                .toList();
    }

    /** By array, the features of its places along the second axis; none of a mask. */
    List<List<String>> features() {
        return features;
    }

    /** The arrays of a batch. */
    NDList arrays(int[] rows, int from, int count, NDManager step) {
        model.requireOpen();
        model.gather(rows, from, count, false);
        NDList inputs = new NDList();
        Slice all = new Slice(0, 0, count);
        model.towers().forEach(tower -> inputs.addAll(tower.inputs(all, rows, from, new float[count], step, false)));
        return inputs;
    }

    /** By feature, the first-order terms [B] of a batch. */
    Map<String, float[]> firstOrder(int[] rows, int from, int count) {
        Map<String, float[]> terms = new LinkedHashMap<>();
        model.towers().forEach(tower -> terms.putAll(tower.firstOrder(rows, from, count)));
        return terms;
    }

    /**
     * Means over rows.
     *
     * @param arrays by array, of the numbers of a row
     * @param firstOrder by feature
     */
    record Means(List<float[]> arrays, Map<String, Double> firstOrder) {}

    /** The means of some rows, read so many at once. */
    Means means(int[] rows, int size) {
        List<double[]> sums = new ArrayList<>();
        Map<String, Double> firstOrder = new LinkedHashMap<>();
        for (int from = 0; from < rows.length; from += size) {
            int count = Math.min(size, rows.length - from);
            firstOrder(rows, from, count)
                    .forEach((feature, terms) -> firstOrder.merge(feature, sum(terms, count), Double::sum));
            try (NDManager step = model.replica().begin()) {
                NDList arrays = arrays(rows, from, count, step);
                for (int i = 0; i < arrays.size(); i++) {
                    float[] numbers = Torch.numbers(arrays.get(i));
                    int width = numbers.length / count;
                    if (sums.size() == i) {
                        sums.add(new double[width]);
                    }
                    for (int at = 0; at < numbers.length; at++) {
                        sums.get(i)[at % width] += numbers[at];
                    }
                }
            }
        }
        firstOrder.replaceAll((feature, sum) -> sum / rows.length);
        return new Means(sums.stream().map(sum -> mean(sum, rows.length)).toList(), firstOrder);
    }

    private static float[] mean(double[] sum, int rows) {
        float[] mean = new float[sum.length];
        for (int at = 0; at < mean.length; at++) {
            mean[at] = (float) (sum[at] / rows);
        }
        return mean;
    }

    private static double sum(float[] terms, int count) {
        double sum = 0;
        for (int b = 0; b < count; b++) {
            sum += terms[b];
        }
        return sum;
    }
}
