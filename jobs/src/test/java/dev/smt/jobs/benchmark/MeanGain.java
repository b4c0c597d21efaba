package dev.smt.jobs.benchmark;

import dev.smt.metric.PairedDelta;
import java.util.List;

/**
 * The mean NE delta over seeds.
 *
 * @param delta percent, positive is better
 * @param standardError of rows and seeds together, percent
 */
record MeanGain(double delta, double standardError) {

    /** Of the deltas of two seeds or more. */
    static MeanGain of(List<PairedDelta> deltas) {
        double mean = deltas.stream().mapToDouble(PairedDelta::delta).average().orElseThrow();
        double seeds = deltas.stream()
                        .mapToDouble(delta -> (delta.delta() - mean) * (delta.delta() - mean))
                        .sum()
                / (deltas.size() - 1);
        double rows = deltas.stream()
                .mapToDouble(delta -> delta.standardError() * delta.standardError())
                .average()
                .orElseThrow();
        return new MeanGain(mean, Math.sqrt(rows + seeds / deltas.size()));
    }

    /** Whether it is more than two standard errors away from 0. */
    boolean isClear() {
        return Math.abs(delta) > 2 * standardError;
    }

    @Override
    public String toString() {
        return "%.2f ± %.2f".formatted(delta, standardError);
    }
}
