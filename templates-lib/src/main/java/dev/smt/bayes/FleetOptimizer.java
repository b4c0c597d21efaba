package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Bayesian optimizer of Multi-Model Optimization (paper, Eq. 5; Algorithm 1, lines 6 to 14): asks for a theta, is
 * told every model's delta, and looks for the largest mu with a regression rate of at most epsilon.
 *
 * <p>First the settings' initial points, then a scrambled Sobol design, then the largest acquisition over a surrogate of
 * the per-model deltas. No theta comes twice, pending ones included; a finite space ends when all of it was tried.
 *
 * <p>A suggestion depends on the space, objective, settings, seed, the told results in their order, and the pending
 * points, and on nothing else: an optimizer that is told the same results again goes on as if it had never stopped. Not
 * safe for several threads.
 */
public final class FleetOptimizer {
    private static final Logger LOG = LoggerFactory.getLogger(FleetOptimizer.class);

    /** A finite space of at most this many points is searched completely. */
    private static final int SMALL_SPACE = 1024;

    private static final int DESIGN_LENGTH = 10_000;
    private static final int DESIGN_STREAM = 0;
    private static final int SPREAD_STREAM = 1;
    private static final int SAMPLE_STREAM = 2;

    private final SearchSpace space;
    private final FleetObjective objective;
    private final OptimizerSettings settings;
    private final long seed;
    private final UnitCube cube;
    private final CoordinateGroups groups;
    private final List<Result> told = new ArrayList<>();

    /** @throws IllegalArgumentException when an initial point is not of the space */
    public FleetOptimizer(SearchSpace space, FleetObjective objective, OptimizerSettings settings, long seed) {
        this.space = space;
        this.objective = objective;
        this.settings = settings.withInitial(
                settings.initial().stream().map(space::require).toList());
        this.seed = seed;
        this.cube = new UnitCube(space);
        this.groups = CoordinateGroups.of(cube);
    }

    /**
     * The next points to try, fewer than {@code count} only when a finite space has no more.
     *
     * @param count 1 or more
     * @param pending points asked for before, whose results are not told yet
     * @throws IllegalArgumentException when a pending point is not of the space
     */
    public List<Suggestion> ask(int count, List<ParameterValues> pending) {
        if (count < 1) {
            throw new IllegalArgumentException("count is " + count + "; allowed: 1 or more");
        }
        Set<ParameterValues> taken = new HashSet<>();
        told.forEach(result -> taken.add(result.theta()));
        List<ParameterValues> waiting = new ArrayList<>();
        for (ParameterValues theta : pending) {
            if (taken.add(space.require(theta))) {
                waiting.add(space.require(theta));
            }
        }
        Asking asking = new Asking(taken, waiting);
        List<Suggestion> suggestions = new ArrayList<>();
        Optional<Suggestion> next = asking.next();
        while (next.isPresent()) {
            suggestions.add(next.get());
            next = suggestions.size() < count ? asking.next() : Optional.empty();
        }
        return suggestions;
    }

    /**
     * Tells a finished trial. A theta may be told again: its results are replicates.
     *
     * @throws IllegalArgumentException when theta is not of the space, or a model's delta is missing, twice there, or
     *     not of the objective's models
     */
    public void tell(ParameterValues theta, List<ModelDelta> deltas) {
        told.add(new Result(space.require(theta), deltas, objective.outcome(deltas)));
    }

    /** One call of ask: the surrogate is fitted at most once, and each suggestion is pending for the next. */
    private final class Asking {
        private final Set<ParameterValues> taken;
        private final List<ParameterValues> waiting;
        private Optional<FleetSurrogate> surrogate = Optional.empty();

        Asking(Set<ParameterValues> taken, List<ParameterValues> waiting) {
            this.taken = taken;
            this.waiting = waiting;
        }

        Optional<Suggestion> next() {
            OptionalLong size = space.size();
            if (size.isPresent() && taken.size() >= size.getAsLong()) {
                return Optional.empty();
            }
            Optional<Suggestion> suggestion = suggest();
            suggestion.ifPresent(made -> {
                taken.add(made.theta());
                waiting.add(made.theta());
            });
            return suggestion;
        }

        private Optional<Suggestion> suggest() {
            Optional<ParameterValues> initial = settings.initial().stream()
                    .filter(theta -> !taken.contains(theta))
                    .findFirst();
            if (initial.isPresent()) {
                return Optional.of(new Suggestion(initial.get(), Suggestion.DEFAULT));
            }
            if (taken.size() < settings.initialTrials() || told.size() < 2 || cube.dimension() == 0) {
                return design().map(theta -> new Suggestion(theta, Suggestion.SOBOL));
            }
            try {
                Optional<ParameterValues> best = best();
                if (best.isPresent()) {
                    return best.map(theta -> new Suggestion(theta, Suggestion.ACQUISITION));
                }
                LOG.warn("The search met no fresh point after {} trials, a Sobol point stands in", told.size());
            } catch (SurrogateException e) {
                LOG.warn(
                        "The surrogate failed after {} trials, a Sobol point stands in: {}",
                        told.size(),
                        e.getMessage());
            }
            return design().map(theta -> new Suggestion(theta, Suggestion.SOBOL_FALLBACK));
        }

        /** The first fresh point of the Sobol sequence; in a small space, of all its points. */
        private Optional<ParameterValues> design() {
            if (cube.dimension() > 0) {
                ScrambledSobol sobol = sobol(DESIGN_STREAM);
                for (int index = 0; index < DESIGN_LENGTH; index++) {
                    ParameterValues theta = cube.atQuantiles(sobol.point(index));
                    if (!taken.contains(theta)) {
                        return Optional.of(theta);
                    }
                }
            }
            return small()
                    ? cube.points().stream()
                            .filter(theta -> !taken.contains(theta))
                            .findFirst()
                    : Optional.empty();
        }

        private Optional<ParameterValues> best() {
            FleetSurrogate fitted = surrogate.orElseGet(
                    () -> new FleetSurrogate(groups, objective, new DeltaTable(cube, objective, told)));
            surrogate = Optional.of(fitted);
            RandomGenerator random = new Well19937c(stream(SAMPLE_STREAM, waiting.size()));
            double[][] pending = waiting.stream().map(cube::encode).toArray(double[][]::new);
            Acquisition acquisition = new Acquisition(fitted, objective, pending, settings.samples(), random);
            double[] upper = new double[cube.dimension()];
            Arrays.fill(upper, 1);
            CandidateSearch search =
                    new CandidateSearch(cube, acquisition, taken, random, new double[cube.dimension()], upper);
            return small()
                    ? search.among(cube.points())
                    : search.climb(
                            sobol(SPREAD_STREAM),
                            settings.candidates(),
                            told.stream().map(Result::theta).distinct().toList());
        }

        private boolean small() {
            OptionalLong size = space.size();
            return size.isPresent() && size.getAsLong() <= SMALL_SPACE;
        }

        private ScrambledSobol sobol(int stream) {
            return new ScrambledSobol(
                    cube.freeParameters(),
                    stream == DESIGN_STREAM ? stream(stream, 0) : stream(stream, waiting.size()));
        }

        private int[] stream(int stream, int index) {
            int trials = stream == DESIGN_STREAM ? 0 : told.size();
            return new int[] {(int) (seed >>> Integer.SIZE), (int) seed, stream, trials, index};
        }
    }
}
