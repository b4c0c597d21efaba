package dev.smt.decision;

import java.util.Arrays;

/**
 * A posterior mean with its central 95 percent interval.
 *
 * @param mean the mean
 * @param low the 2.5 percent quantile
 * @param high the 97.5 percent quantile
 */
public record Interval(double mean, double low, double high) {
    private static final double TAIL = 0.025;

    /** Of draws. */
    static Interval of(double[] draws) {
        return of(draws, Arrays.stream(draws).average().orElseThrow());
    }

    /** Of draws whose mean is known better than by them. */
    static Interval of(double[] draws, double mean) {
        double[] sorted = draws.clone();
        Arrays.sort(sorted);
        int tail = (int) Math.round(TAIL * (sorted.length - 1));
        return new Interval(mean, sorted[tail], sorted[sorted.length - 1 - tail]);
    }
}
