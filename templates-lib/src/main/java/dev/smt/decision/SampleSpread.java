package dev.smt.decision;

import java.util.Arrays;
import java.util.List;

/**
 * Where the spread of a technique's deltas comes from, when models are trained on samples of the rows: from the models, or from
 * the rows and seeds that were drawn. A one-way analysis of variance with two samples per model, pooled over techniques.
 *
 * @param sample variance of a delta between samples, percent NE squared, 0 or more
 * @param models variance of the expected deltas between models, percent NE squared, 0 or more
 */
public record SampleSpread(double sample, double models) {
    /** Share of the variance of an observed delta that the sample may have. */
    private static final double MOST = 1.0 / 3;

    private static final int SAMPLES = 2;

    public SampleSpread {
        if (!(sample >= 0) || !(models >= 0)) {
            throw new IllegalArgumentException(
                    "variances of " + sample + " and " + models + "; allowed: finite and 0 or more");
        }
    }

    /**
     * Estimated from deltas on two samples that share no row.
     *
     * @param techniques of each technique its models, of each model its two deltas, percent NE; techniques with fewer than two
     *     models say nothing
     * @throws IllegalArgumentException when no technique has two models
     */
    public static SampleSpread of(List<double[][]> techniques) {
        List<double[][]> usable =
                techniques.stream().filter(models -> models.length >= 2).toList();
        if (usable.isEmpty()) {
            throw new IllegalArgumentException("no technique has two models with deltas on both samples");
        }
        double within = usable.stream()
                .flatMap(Arrays::stream)
                .mapToDouble(deltas -> Math.pow(deltas[0] - deltas[1], 2) / SAMPLES)
                .average()
                .orElseThrow();
        double betweenMeans = usable.stream()
                .mapToDouble(SampleSpread::varianceOfMeans)
                .average()
                .orElseThrow();
        return new SampleSpread(within, Math.max(0, betweenMeans - within / SAMPLES));
    }

    /** Whether the models make most of the error of a mean over them, so that more rows would change little. */
    public boolean modelsDominate() {
        return sample <= MOST * (sample + models);
    }

    private static double varianceOfMeans(double[][] models) {
        double[] means = Arrays.stream(models)
                .mapToDouble(deltas -> (deltas[0] + deltas[1]) / SAMPLES)
                .toArray();
        double mean = Arrays.stream(means).average().orElseThrow();
        return Arrays.stream(means).map(value -> Math.pow(value - mean, 2)).sum() / (means.length - 1);
    }
}
