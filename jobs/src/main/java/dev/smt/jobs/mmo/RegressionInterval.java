package dev.smt.jobs.mmo;

import org.apache.commons.math3.distribution.BetaDistribution;

/**
 * Clopper and Pearson's exact 95 percent interval of a share, such as a regression rate, by quantiles of the beta distribution.
 *
 * @param low lower end, 0 to 1
 * @param high upper end, 0 to 1
 */
public record RegressionInterval(double low, double high) {
    private static final double TAIL = 0.025;

    /** @param models 1 or more */
    public static RegressionInterval of(int regressions, int models) {
        double low = regressions == 0
                ? 0
                : new BetaDistribution(null, regressions, models - regressions + 1.0)
                        .inverseCumulativeProbability(TAIL);
        double high = regressions == models
                ? 1
                : new BetaDistribution(null, regressions + 1.0, models - regressions)
                        .inverseCumulativeProbability(1 - TAIL);
        return new RegressionInterval(low, high);
    }
}
