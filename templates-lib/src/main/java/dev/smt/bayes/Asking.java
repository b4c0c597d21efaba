package dev.smt.bayes;

import dev.smt.search.ParameterValues;
import dev.smt.search.UnitCube;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.IntFunction;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of {@link FleetOptimizer#ask}: each suggestion is pending for the next. */
final class Asking {
    private static final Logger LOG = LoggerFactory.getLogger(FleetOptimizer.class);

    /** A finite space of at most this many points is searched completely. */
    private static final int SMALL_SPACE = 1024;

    /** A space of more parameters is searched inside of a trust region. */
    private static final int MOST_PARAMETERS = 10;

    /**
     * The hyperparameters are the likeliest ones, not the only ones: now and then a suggestion takes shorter length
     * scales for granted, and looks where the fitted ones are too sure that there is nothing.
     */
    private static final int DOUBT_EVERY = 5;

    private static final double DOUBT = 0.5;

    private static final int DESIGN_LENGTH = 10_000;

    /** After so many points of a design that are not admitted, none is thought to be. */
    private static final int MOST_REFUSALS = 1000;

    private static final int EDGE_LENGTH = 100;
    private static final int SPREAD_STREAM = 1;
    private static final int SAMPLE_STREAM = 2;
    private static final int RANDOM_STREAM = 5;

    private final FleetOptimizer optimizer;
    private final UnitCube cube;
    private final List<Result> told;
    private final Set<ParameterValues> taken;
    private final List<ParameterValues> waiting;
    private final OptionalLong size;
    /** So many points at the design's begin are taken; they are not looked at again. */
    private int designTaken;

    /**
     * A call.
     *
     * @param taken what may not be suggested
     * @param waiting the pending points among them
     */
    Asking(FleetOptimizer optimizer, Set<ParameterValues> taken, List<ParameterValues> waiting) {
        this.optimizer = optimizer;
        this.cube = optimizer.cube();
        this.told = optimizer.told();
        this.taken = taken;
        this.waiting = waiting;
        this.size = optimizer.space().size();
    }

    Optional<Suggestion> next() {
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
        OptimizerSettings settings = optimizer.settings();
        Optional<ParameterValues> initial = settings.initial().stream()
                .filter(theta -> !taken.contains(theta))
                .findFirst();
        if (initial.isPresent()) {
            return Optional.of(new Suggestion(initial.get(), Suggestion.DEFAULT));
        }
        boolean first = taken.size() < optimizer.initialTrials() || told.size() < 2 || cube.dimension() == 0;
        return switch (settings.strategy()) {
            case RANDOM -> uniform().map(theta -> new Suggestion(theta, Suggestion.RANDOM));
            case SOBOL -> design().map(theta -> new Suggestion(theta, Suggestion.SOBOL));
            case BAYESIAN -> first ? design().map(theta -> new Suggestion(theta, Suggestion.SOBOL)) : byAcquisition();
        };
    }

    private Optional<Suggestion> byAcquisition() {
        try {
            Optional<Suggestion> best = best();
            if (best.isPresent()) {
                return best;
            }
            LOG.warn("The search met no fresh point after {} trials, a Sobol point stands in", told.size());
        } catch (SurrogateException e) {
            LOG.warn("The surrogate failed after {} trials, a Sobol point stands in: {}", told.size(), e.getMessage());
        }
        return design().map(theta -> new Suggestion(theta, Suggestion.SOBOL_FALLBACK));
    }

    /** The first fresh point of the Sobol sequence. */
    private Optional<ParameterValues> design() {
        if (cube.dimension() == 0) {
            return listed();
        }
        ScrambledSobol sobol = new ScrambledSobol(cube.freeParameters(), optimizer.designStream());
        while (designTaken < DESIGN_LENGTH
                && cube.drawn(sobol.point(designTaken)).filter(taken::contains).isPresent()) {
            designTaken++;
        }
        return fresh(sobol::point, designTaken);
    }

    private Optional<ParameterValues> uniform() {
        RandomGenerator random = new Well19937c(optimizer.stream(RANDOM_STREAM, waiting.size()));
        return fresh(
                index -> {
                    double[] quantiles = new double[cube.freeParameters()];
                    Arrays.setAll(quantiles, i -> random.nextDouble());
                    return quantiles;
                },
                0);
    }

    /** The first admitted fresh one of many points, from one on; where there is none inside of the constraints, one at their edge. */
    private Optional<ParameterValues> fresh(IntFunction<double[]> quantiles, int from) {
        Optional<ParameterValues> edge = Optional.empty();
        int refused = 0;
        for (int index = from; index < DESIGN_LENGTH && refused < MOST_REFUSALS; index++) {
            double[] point = quantiles.apply(index);
            Optional<ParameterValues> inside = cube.drawn(point).filter(theta -> !taken.contains(theta));
            if (inside.filter(this::admits).isPresent()) {
                return inside;
            }
            refused += inside.isPresent() ? 1 : 0;
            if (edge.isEmpty() && index < EDGE_LENGTH) {
                edge = Optional.of(cube.atQuantiles(point)).filter(theta -> !taken.contains(theta) && admits(theta));
            }
        }
        return edge.isPresent() ? edge : listed();
    }

    private Optional<ParameterValues> listed() {
        return small()
                ? cube.points().stream()
                        .filter(theta -> !taken.contains(theta) && admits(theta))
                        .findFirst()
                : Optional.empty();
    }

    private boolean admits(ParameterValues theta) {
        return optimizer.settings().admission().admits(taken.size(), theta);
    }

    private Optional<Suggestion> best() {
        FleetSurrogate fitted = optimizer.fitted().surrogate();
        boolean doubting = (told.size() + waiting.size()) % DOUBT_EVERY == 0;
        RandomGenerator random = sampling();
        Acquisition acquisition = acquisition(doubting ? fitted.stretched(DOUBT) : fitted, random);
        double[] lower = new double[cube.dimension()];
        double[] upper = new double[cube.dimension()];
        Arrays.fill(upper, 1);
        if (cube.freeParameters() > MOST_PARAMETERS) {
            trust(acquisition, lower, upper);
        }
        CandidateSearch search = new CandidateSearch(cube, acquisition, taken, this::admits, random, lower, upper);
        Optional<ParameterValues> best = small()
                ? search.among(cube.points())
                : search.climb(
                        new ScrambledSobol(cube.freeParameters(), optimizer.stream(SPREAD_STREAM, waiting.size())),
                        optimizer.settings().candidates(),
                        FittedTrials.thetas(optimizer.fitted().told()));
        // What is to gain is said by what is believed, not by the doubt.
        Acquisition believed = doubting && best.isPresent() ? acquisition(fitted, sampling()) : acquisition;
        return best.map(theta -> new Suggestion(
                theta, Suggestion.ACQUISITION, OptionalDouble.of(believed.expectedGain(cube.encode(theta)))));
    }

    private RandomGenerator sampling() {
        return new Well19937c(optimizer.stream(SAMPLE_STREAM, waiting.size()));
    }

    private Acquisition acquisition(FleetSurrogate surrogate, RandomGenerator random) {
        double[][] pending = waiting.stream().map(cube::encode).toArray(double[][]::new);
        return new Acquisition(
                surrogate, optimizer.objective(), pending, optimizer.settings().samples(), random);
    }

    /** Narrows the bounds of the continuous coordinates to the trust region around the best trial. */
    private void trust(Acquisition acquisition, double[] lower, double[] upper) {
        double[] centre =
                Arrays.copyOf(optimizer.fitted().surrogate().points()[acquisition.bestSite()], cube.dimension());
        double length = TrustRegion.length(cube.dimension(), optimizer.initialTrials(), told);
        for (int d = 0; d < centre.length; d++) {
            if (cube.coordinates().get(d).continuous()) {
                lower[d] = Math.max(0, centre[d] - length / 2);
                upper[d] = Math.min(1, centre[d] + length / 2);
            }
        }
    }

    private boolean small() {
        return size.isPresent() && size.getAsLong() <= SMALL_SPACE;
    }
}
