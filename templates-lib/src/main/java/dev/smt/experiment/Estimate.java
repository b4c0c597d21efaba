package dev.smt.experiment;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * A number that was estimated from a sample, with its standard error.
 *
 * @param value the estimate
 * @param standardError 0 or more, in the value's unit; 0 where the sample does not vary
 * @param degreesOfFreedom of the standard error, above 0
 */
public record Estimate(double value, double standardError, double degreesOfFreedom) {
    public Estimate {
        if (!Double.isFinite(value)
                || !Double.isFinite(standardError)
                || standardError < 0
                || !(degreesOfFreedom > 0)) {
            throw new IllegalArgumentException("estimate " + value + " with the standard error " + standardError
                    + " and " + degreesOfFreedom + " degrees of freedom; allowed: finite numbers, a standard error of"
                    + " 0 or more, degrees of freedom above 0");
        }
    }

    /** A multiple of the number. */
    public Estimate times(double factor) {
        return new Estimate(value * factor, standardError * Math.abs(factor), degreesOfFreedom);
    }

    /**
     * The interval that contains the truth with this probability, by Student's t.
     *
     * @param level above 0, below 1
     */
    public Interval interval(double level) {
        double half = quantile(1 - (1 - level) / 2) * standardError;
        return new Interval(value - half, value + half);
    }

    /** The probability of a value at least this far from 0 when the truth is 0, both sides; 1 where nothing varies. */
    public double pValue() {
        return standardError == 0 ? 1 : 2 * distribution().cumulativeProbability(-Math.abs(value) / standardError);
    }

    /**
     * The smallest true effect that an interval of this level tells from 0 with this probability.
     *
     * @param level above 0, below 1
     * @param power above 0, below 1
     */
    public double smallestEffect(double level, double power) {
        return (quantile(1 - (1 - level) / 2) + quantile(power)) * standardError;
    }

    private double quantile(double probability) {
        return distribution().inverseCumulativeProbability(probability);
    }

    private TDistribution distribution() {
        // Beyond this t is the normal distribution to the last digits that matter, and the library's series stays fast.
        return new TDistribution(Math.min(degreesOfFreedom, 1e6));
    }
}
