package dev.smt.bayes;

import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.ArrayList;
import java.util.List;

/**
 * How an optimizer searches.
 *
 * @param initial points to try first, in this order: a technique's default theta, say
 * @param initialTrials trials before the surrogate takes over, {@code initial} included; at least 2
 * @param samples joint posterior draws per acquisition; even
 * @param candidates evenly spread points at which the acquisition is evaluated first
 * @param rounds rounds of the climb from each of the best of them
 */
public record OptimizerSettings(
        List<ParameterValues> initial, int initialTrials, int samples, int candidates, int rounds) {
    public OptimizerSettings {
        initial = List.copyOf(initial);
        List<String> problems = new ArrayList<>();
        if (initialTrials < 2) {
            problems.add("initialTrials is " + initialTrials + "; allowed: 2 or more");
        }
        if (samples < 2 || samples % 2 != 0) {
            problems.add("samples is " + samples + "; allowed: an even number of at least 2");
        }
        if (candidates < 1) {
            problems.add("candidates is " + candidates + "; allowed: 1 or more");
        }
        if (rounds < 0) {
            problems.add("rounds is " + rounds + "; allowed: 0 or more");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** Settings that suit a space: 4 to 10 initial trials, two more than it has free parameters. */
    public static OptimizerSettings of(SearchSpace space) {
        int parameters = new UnitCube(space).freeParameters();
        return new OptimizerSettings(List.of(), Math.max(4, Math.min(10, parameters + 2)), 128, 256, 12);
    }

    /** The same with other points to try first. */
    public OptimizerSettings withInitial(List<ParameterValues> points) {
        return new OptimizerSettings(points, initialTrials, samples, candidates, rounds);
    }

    /** The same with another number of trials before the surrogate takes over. */
    public OptimizerSettings withInitialTrials(int trials) {
        return new OptimizerSettings(initial, trials, samples, candidates, rounds);
    }
}
