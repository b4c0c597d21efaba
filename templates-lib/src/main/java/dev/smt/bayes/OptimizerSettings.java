package dev.smt.bayes;

import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How an optimizer searches.
 *
 * @param strategy how thetas are found after the initial points
 * @param initial points to try first, in this order: a technique's default theta, say
 * @param initialTrials trials before the surrogate takes over, {@code initial} included; at least 2
 * @param samples joint posterior draws per acquisition; even
 * @param candidates evenly spread points at which the acquisition is evaluated first
 * @param admission which thetas may be suggested; the initial points always may
 */
public record OptimizerSettings(
        SearchStrategy strategy,
        List<ParameterValues> initial,
        int initialTrials,
        int samples,
        int candidates,
        Admission admission) {
    private static final int SAMPLES = 128;
    private static final int CANDIDATES = 256;

    public OptimizerSettings {
        Objects.requireNonNull(strategy, "strategy");
        Objects.requireNonNull(admission, "admission");
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
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** Settings that admit every theta. */
    public OptimizerSettings(
            SearchStrategy strategy, List<ParameterValues> initial, int initialTrials, int samples, int candidates) {
        this(strategy, initial, initialTrials, samples, candidates, Admission.ALL);
    }

    /** Settings that suit a space: 4 to 10 initial trials, two more than it has free parameters. */
    public static OptimizerSettings of(SearchSpace space) {
        int parameters = new UnitCube(space).freeParameters();
        return new OptimizerSettings(
                SearchStrategy.BAYESIAN,
                List.of(),
                Math.max(4, Math.min(10, parameters + 2)),
                SAMPLES,
                CANDIDATES,
                Admission.ALL);
    }

    /** The same with another strategy. */
    public OptimizerSettings withStrategy(SearchStrategy other) {
        return new OptimizerSettings(other, initial, initialTrials, samples, candidates, admission);
    }

    /** The same with other points to try first. */
    public OptimizerSettings withInitial(List<ParameterValues> points) {
        return new OptimizerSettings(strategy, points, initialTrials, samples, candidates, admission);
    }

    /** The same with another number of trials before the surrogate takes over. */
    public OptimizerSettings withInitialTrials(int trials) {
        return new OptimizerSettings(strategy, initial, trials, samples, candidates, admission);
    }

    /** The same with another admission. */
    public OptimizerSettings withAdmission(Admission other) {
        return new OptimizerSettings(strategy, initial, initialTrials, samples, candidates, other);
    }
}
