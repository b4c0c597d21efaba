package dev.smt.experiment;

import java.util.Objects;

/**
 * The units of one arm.
 *
 * @param name of the arm
 * @param moments of the units' metric, and, where there is one, of their covariate: K is 1 or 2
 */
public record Arm(String name, SampleMoments moments) {
    static final int METRIC = 0;
    static final int COVARIATE = 1;

    public Arm {
        Objects.requireNonNull(name, "name");
        if (moments.numbers() < 1 || moments.numbers() > 2) {
            throw new IllegalArgumentException("arm " + name + " has " + moments.numbers()
                    + " numbers per unit; allowed: the metric, or the metric and a covariate");
        }
    }

    /** Number of units. */
    public long units() {
        return moments.count();
    }

    boolean hasCovariate() {
        return moments.numbers() == 2;
    }

    /** The metric's mean, with its standard error. */
    Estimate mean() {
        return estimate(moments.mean(METRIC), moments.variance(METRIC));
    }

    /** The mean of metric - theta (covariate - center). */
    Estimate adjustedMean(double theta, double center) {
        return estimate(
                moments.mean(METRIC) - theta * (moments.mean(COVARIATE) - center), moments.combinedVariance(1, -theta));
    }

    private Estimate estimate(double mean, double variance) {
        return new Estimate(mean, Math.sqrt(variance / units()), units() - 1.0);
    }
}
