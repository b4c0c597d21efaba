package dev.smt.bayes;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How strongly each model follows what all have in common: 1 on average, below 0 for one that loses where the others
 * gain. A least-squares slope over the trials, drawn to 1 by a prior.
 */
final class Loadings {
    private static final double PRIOR_VARIANCE = 1;

    /** Trials near each other say nearly the same: this many count as one. */
    private static final double TRIALS_PER_FACT = 4;

    private Loadings() {}

    /**
     * The loadings, [M]; all 1 for fewer than three models, of which nobody can say which one deviates.
     *
     * @param means over the models, [N]
     * @param deviations of each model from the means, [M][N]
     * @param complete which trials count: what was filled in repeats what was believed, [N]
     */
    static double[] of(double[] means, double[][] deviations, boolean[] complete) {
        double[] loadings = new double[deviations.length];
        Arrays.fill(loadings, 1);
        int[] trials = IntStream.range(0, means.length).filter(t -> complete[t]).toArray();
        double[] centred = centred(means, trials);
        double square = dot(centred, centred);
        if (deviations.length < 3 || square == 0) {
            return loadings;
        }
        double excess = 0;
        for (int i = 0; i < loadings.length; i++) {
            double[] own = centred(deviations[i], trials);
            double total = dot(own, own);
            double slope = dot(centred, own) / square;
            // Few trials fit a line too well: one more, as far off as all are on average, says so.
            double residual = (total - slope * slope * square + total / trials.length) / Math.max(1, trials.length - 1);
            double precision = square / residual / TRIALS_PER_FACT;
            loadings[i] += total == 0 ? 0 : slope * precision / (precision + 1 / PRIOR_VARIANCE);
            excess += (loadings[i] - 1) / loadings.length;
        }
        for (int i = 0; i < loadings.length; i++) {
            loadings[i] -= excess;
        }
        return loadings;
    }

    private static double[] centred(double[] values, int[] trials) {
        double mean =
                Arrays.stream(trials).mapToDouble(t -> values[t]).average().orElse(0);
        return Arrays.stream(trials).mapToDouble(t -> values[t] - mean).toArray();
    }

    private static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int t = 0; t < left.length; t++) {
            sum += left[t] * right[t];
        }
        return sum;
    }
}
