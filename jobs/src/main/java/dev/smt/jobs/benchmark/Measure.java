package dev.smt.jobs.benchmark;

import dev.smt.jobs.table.BenchmarkScoreRow;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One number of a score.
 *
 * @param name in kebab-case
 * @param value finite
 * @param unit what it is in
 * @param target the value that is wanted; empty where none is
 * @param atLeast whether more is better than the target
 */
public record Measure(String name, double value, String unit, OptionalDouble target, boolean atLeast) {
    static Measure of(String name, double value, String unit) {
        return new Measure(name, value, unit, OptionalDouble.empty(), true);
    }

    static Measure atLeast(String name, double value, String unit, double target) {
        return new Measure(name, value, unit, OptionalDouble.of(target), true);
    }

    static Measure atMost(String name, double value, String unit, double target) {
        return new Measure(name, value, unit, OptionalDouble.of(target), false);
    }

    /** Whether the target is reached; empty without one. */
    public Optional<Boolean> met() {
        return target.isEmpty()
                ? Optional.empty()
                : Optional.of(atLeast ? value >= target.getAsDouble() : value <= target.getAsDouble());
    }

    /** The row of the table. */
    public BenchmarkScoreRow row(String runId, long seed) {
        return new BenchmarkScoreRow(runId, seed, name, value, unit, target, met().map(met -> met ? "yes" : "no"));
    }
}
