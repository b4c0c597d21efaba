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

    /** Of draws, which are sorted here. */
    static Interval of(double[] draws) {
        double[] sorted = draws.clone();
        Arrays.sort(sorted);
        int tail = (int) Math.round(TAIL * (sorted.length - 1));
        return new Interval(
                Arrays.stream(draws).average().orElseThrow(), sorted[tail], sorted[sorted.length - 1 - tail]);
    }
}
