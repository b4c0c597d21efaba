package dev.smt.comparison;

import dev.smt.experiment.Interval;
import org.apache.commons.math3.distribution.BetaDistribution;

/**
 * A share of models, with Clopper and Pearson's exact 95 percent interval.
 *
 * @param count of models
 * @param of how many; 1 or more
 */
public record Share(int count, int of) {
    private static final double TAIL = 0.025;

    public Share {
        if (of < 1 || count < 0 || count > of) {
            throw new IllegalArgumentException("a share of " + count + " in " + of
                    + "; allowed: at least one model, and from none to all of them");
        }
    }

    public double value() {
        return (double) count / of;
    }

    public Interval interval() {
        return new Interval(
                count == 0 ? 0 : new BetaDistribution(null, count, of - count + 1.0).inverseCumulativeProbability(TAIL),
                count == of
                        ? 1
                        : new BetaDistribution(null, count + 1.0, of - count).inverseCumulativeProbability(1 - TAIL));
    }
}
