package dev.smt.bayes;

/**
 * Monte Carlo noisy expected improvement under a constraint, in log space (Letham et al. 2019; Ament et al. 2023): in
 * each joint sample the improvement of mu over the best feasible point so far, times a smooth indicator of R being at
 * most epsilon. In a sample without a feasible point the best is far below everything, so the search looks for
 * feasibility first. Higher is better.
 */
final class Acquisition {
    private static final double SMOOTH_SHARE = 0.002;
    private static final double SMALLEST_SCALE = 1e-4;

    private final PosteriorSamples samples;
    private final double[] best = new double[PosteriorSamples.SAMPLES];
    private final double temperature;

    Acquisition(PosteriorSamples samples) {
        this.samples = samples;
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (int sample = 0; sample < best.length; sample++) {
            best[sample] = Double.NEGATIVE_INFINITY;
            for (int point = 0; point < samples.size(); point++) {
                PosteriorSamples.Value value = samples.value(point, sample);
                lowest = Math.min(lowest, value.mu());
                highest = Math.max(highest, value.mu());
                if (value.margin() >= 0) {
                    best[sample] = Math.max(best[sample], value.mu());
                }
            }
        }
        double range = Math.max(highest - lowest, SMALLEST_SCALE);
        temperature = Math.max(SMOOTH_SHARE * range, SMALLEST_SCALE);
        for (int sample = 0; sample < best.length; sample++) {
            if (best[sample] == Double.NEGATIVE_INFINITY) {
                best[sample] = lowest - range;
            }
        }
    }

    double value(double[] point) {
        PosteriorSamples.Value[] values = samples.at(point);
        double sum = 0;
        for (int sample = 0; sample < best.length; sample++) {
            double improvement = temperature * softplus((values[sample].mu() - best[sample]) / temperature);
            sum += improvement * sigmoid(values[sample].margin() / temperature);
        }
        return Math.log(sum / best.length + Double.MIN_NORMAL);
    }

    private static double softplus(double x) {
        return x > 30 ? x : Math.log1p(Math.exp(x));
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
