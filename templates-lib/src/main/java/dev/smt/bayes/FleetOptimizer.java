package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Suggests thetas of one technique for all representative models at once (paper, Eq. 5): the given ones first, then a
 * Sobol design, then the maximum of a Monte Carlo acquisition over the joint posterior of the models' deltas. It never
 * runs a trial. What it suggests follows from the search space, the settings, the seed and the trials told, in order:
 * told the same, another optimizer goes on the same way.
 */
public final class FleetOptimizer {
    private static final Logger LOG = LoggerFactory.getLogger(FleetOptimizer.class);
    private static final int DUPLICATES_IN_A_ROW = 4096;
    private static final long ODD = 0x9E3779B97F4A7C15L;

    private final SearchSpace space;
    private final UnitCube cube;
    private final FleetObjective objective;
    private final OptimizerSettings settings;
    private final long seed;
    private final List<ParameterValues> thetas = new ArrayList<>();
    private final List<List<ModelDelta>> trials = new ArrayList<>();

    public FleetOptimizer(SearchSpace space, FleetObjective objective, OptimizerSettings settings, long seed) {
        this.space = space;
        this.cube = new UnitCube(space);
        this.objective = objective;
        this.settings = settings;
        this.seed = seed;
        settings.first().forEach(space::require);
    }

    /**
     * Up to {@code count} thetas that were neither told nor are pending; fewer where the search space has no more.
     *
     * @param pending thetas under evaluation
     */
    public List<Suggestion> ask(int count, List<ParameterValues> pending) {
        Set<ParameterValues> taken = new LinkedHashSet<>(thetas);
        taken.addAll(pending);
        List<Suggestion> suggestions = new ArrayList<>();
        List<ParameterValues> waiting = new ArrayList<>(pending);
        while (suggestions.size() < count) {
            Optional<Suggestion> next = next(taken, waiting);
            if (next.isEmpty()) {
                break;
            }
            suggestions.add(next.get());
            taken.add(next.get().theta());
            waiting.add(next.get().theta());
        }
        return suggestions;
    }

    /**
     * Notes a complete trial.
     *
     * @throws IllegalArgumentException when theta is not of the space, or a model of the objective is missing
     */
    public void tell(ParameterValues theta, List<ModelDelta> deltas) {
        space.require(theta);
        objective.outcome(deltas);
        thetas.add(theta);
        trials.add(List.copyOf(deltas));
    }

    private Optional<Suggestion> next(Set<ParameterValues> taken, List<ParameterValues> waiting) {
        Optional<ParameterValues> first = settings.first().stream()
                .filter(theta -> !taken.contains(theta))
                .findFirst();
        if (first.isPresent()) {
            return first.map(theta -> new Suggestion(theta, Suggestion.DEFAULT));
        }
        if (cube.dimension() == 0) {
            return taken.isEmpty()
                    ? Optional.of(new Suggestion(cube.decode(new double[0]), Suggestion.DEFAULT))
                    : Optional.empty();
        }
        if (taken.size() < settings.initialTrials() || thetas.size() < 2) {
            return sobol(taken, Suggestion.SOBOL);
        }
        try {
            Optional<ParameterValues> best = acquire(taken, waiting);
            return best.isPresent()
                    ? best.map(theta -> new Suggestion(theta, Suggestion.ACQUISITION))
                    : sobol(taken, Suggestion.SOBOL);
        } catch (ArithmeticException failed) {
            LOG.warn("the surrogate failed, a Sobol point is suggested instead: {}", failed.getMessage());
            return sobol(taken, Suggestion.SOBOL_FALLBACK);
        }
    }

    private Optional<Suggestion> sobol(Set<ParameterValues> taken, String suggestedBy) {
        SobolDesign design = new SobolDesign(cube, seed);
        Set<ParameterValues> seen = new HashSet<>(taken);
        for (int tries = 0; tries < DUPLICATES_IN_A_ROW; tries++) {
            ParameterValues theta = design.next();
            if (seen.add(theta)) {
                return Optional.of(new Suggestion(theta, suggestedBy));
            }
        }
        return Optional.empty();
    }

    private Optional<ParameterValues> acquire(Set<ParameterValues> taken, List<ParameterValues> waiting) {
        long local = seed + ODD * (thetas.size() + waiting.size() + 1L);
        double[][] points = thetas.stream().map(cube::encode).toArray(double[][]::new);
        FleetSurrogate surrogate = FleetSurrogate.fit(points, trials, objective);
        PosteriorSamples samples = new PosteriorSamples(surrogate, objective, local);
        waiting.forEach(theta -> samples.add(cube.encode(theta)));
        return new CandidateSearch(cube, taken, local).best(new Acquisition(samples), bestObserved(points));
    }

    /** The points of the trials with the highest mu, feasible ones first. */
    private List<double[]> bestObserved(double[][] points) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < points.length; i++) {
            order.add(i);
        }
        order.sort((one, other) -> {
            var first = objective.outcome(trials.get(one));
            var second = objective.outcome(trials.get(other));
            int byFeasibility = Boolean.compare(second.feasible(), first.feasible());
            return byFeasibility != 0 ? byFeasibility : Double.compare(second.mu(), first.mu());
        });
        return order.stream().limit(4).map(index -> points[index]).toList();
    }
}
