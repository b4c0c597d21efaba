package dev.smt.bayes;

import dev.smt.search.ParameterValues;
import java.util.List;

/**
 * How an optimizer searches.
 *
 * @param initialTrials thetas of the initial design, {@code first} included; from then on the surrogate suggests
 * @param first thetas to begin with, such as a technique's default
 */
public record OptimizerSettings(int initialTrials, List<ParameterValues> first) {
    public OptimizerSettings {
        first = List.copyOf(first);
        if (initialTrials < 1) {
            throw new IllegalArgumentException("initial trials is " + initialTrials + "; allowed: 1 or more");
        }
    }
}
