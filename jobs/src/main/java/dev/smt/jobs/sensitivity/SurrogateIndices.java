package dev.smt.jobs.sensitivity;

import dev.smt.bayes.FleetOptimizer;
import dev.smt.bayes.SobolIndices;
import dev.smt.bayes.SurrogateException;
import dev.smt.search.Coordinate;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Sobol indices of what the surrogate of a technique's trials expects of mu, over thetas that are uniform in the whole search
 * space: beside Eq. 7, which sees straight lines over the feasible trials only.
 *
 * @param muDeviation standard deviation of that mu over the space, percent NE; 0 where there are no indices
 * @param byCoordinate the parameter's indices by the name of each of its coordinates; empty where there is no surrogate, or
 *     it believes that nothing changes mu
 */
record SurrogateIndices(double muDeviation, Map<String, SobolIndices.Index> byCoordinate) {
    private static final int POINTS = 1024;
    private static final int SHIFTS = 8;
    /** A straight line over a parameter's range is this many of its standard deviations high. */
    private static final double RANGE_IN_DEVIATIONS = Math.sqrt(12);

    static final SurrogateIndices NONE = new SurrogateIndices(0, Map.of());

    SurrogateIndices {
        byCoordinate = Map.copyOf(byCoordinate);
    }

    /**
     * The indices.
     *
     * @param surrogate of the technique's trials
     * @param seed of the integration
     */
    static SurrogateIndices of(SearchSpace space, FleetOptimizer surrogate, long seed) {
        try {
            return of(new UnitCube(space), surrogate.expectedMu(), seed).orElse(NONE);
        } catch (SurrogateException unfit) {
            return NONE;
        }
    }

    private static Optional<SurrogateIndices> of(UnitCube cube, ToDoubleFunction<ParameterValues> mu, long seed) {
        return SobolIndices.of(
                        quantiles -> mu.applyAsDouble(cube.atQuantiles(quantiles)),
                        cube.freeParameters(),
                        POINTS,
                        SHIFTS,
                        seed)
                .map(found -> new SurrogateIndices(Math.sqrt(found.variance()), byCoordinate(cube, found)));
    }

    /** Quantiles are one per parameter, and in the order of the coordinates' parameters. */
    private static Map<String, SobolIndices.Index> byCoordinate(UnitCube cube, SobolIndices found) {
        List<String> parameters = cube.coordinates().stream()
                .map(Coordinate::parameter)
                .distinct()
                .toList();
        Map<String, SobolIndices.Index> indices = new HashMap<>();
        for (Coordinate coordinate : cube.coordinates()) {
            indices.put(coordinate.name(), found.coordinates().get(parameters.indexOf(coordinate.parameter())));
        }
        return indices;
    }

    /** The indices of a coordinate's parameter. */
    Optional<SobolIndices.Index> at(String coordinate) {
        return Optional.ofNullable(byCoordinate.get(coordinate));
    }

    /**
     * The effect over its whole range, in percent NE, of a parameter that acts by itself along a straight line and changes mu
     * as much as this one does with all its bends and interactions; 0 where there are no indices.
     */
    double straightEffect(String coordinate) {
        return at(coordinate)
                .map(index -> RANGE_IN_DEVIATIONS * muDeviation * Math.sqrt(Math.max(0, index.total())))
                .orElse(0.0);
    }
}
