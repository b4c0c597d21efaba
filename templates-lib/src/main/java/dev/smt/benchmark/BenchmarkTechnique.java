package dev.smt.benchmark;

import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.Map;
import java.util.Objects;

/**
 * A technique of the benchmark.
 *
 * @param name the prefix of its parameters' names; this and the search space is all that a system may see
 * @param kind what it truly is
 * @param surface what it truly does
 */
public record BenchmarkTechnique(String name, TrueEffect kind, ResponseSurface surface) {
    public BenchmarkTechnique {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(surface, "surface");
    }

    /** The hyperparameters. */
    public SearchSpace searchSpace() {
        return surface.space();
    }

    /** A theta to start from: the middle of every range. */
    public ParameterValues defaults() {
        return searchSpace().completed(new ParameterValues(Map.of()));
    }

    /** Whether there is a theta with R at most epsilon and mu at least tau on the whole fleet. */
    public boolean generalizes() {
        return kind == TrueEffect.GENERALIZES;
    }
}
