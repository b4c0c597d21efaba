package dev.smt.jobs.sensitivity;

import dev.smt.bayes.FleetOptimizer;
import dev.smt.bayes.SurrogateException;
import dev.smt.bayes.ThetaBelief;
import dev.smt.jobs.table.SurrogateSliceRow;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.search.Coordinate;
import dev.smt.search.ParameterValues;
import dev.smt.search.ParameterValuesJson;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What a technique's surrogate expects around theta*: along each parameter, and over the plane of the two that move mu most.
 * The points are even in the parameter's scale.
 */
final class SurrogateSlices {
    private static final int SLICE = 21;
    private static final int PLANE = 15;

    private final UnitCube cube;
    private final FleetOptimizer surrogate;
    private final List<String> parameters;

    SurrogateSlices(SearchSpace space, FleetOptimizer surrogate) {
        this.cube = new UnitCube(space);
        this.surrogate = surrogate;
        this.parameters = cube.coordinates().stream()
                .map(Coordinate::parameter)
                .distinct()
                .toList();
    }

    /** The rows of a technique; none where the trials can't be fitted, or it has no theta*. */
    List<SurrogateSliceRow> rows(String runId, String studyId, TechniqueDecisionRow decision) {
        if (decision.thetaStar().isEmpty()) {
            return List.of();
        }
        ParameterValues center =
                ParameterValuesJson.read(cube.space(), decision.thetaStar().get());
        try {
            return around(center).stream()
                    .map(point -> point.row(runId, studyId, decision.technique()))
                    .toList();
        } catch (SurrogateException unfit) {
            return List.of();
        }
    }

    /** Where a slice or plane has a point. */
    private record Place(String parameter, Optional<String> other, int number, ParameterValues theta) {
        Point with(ThetaBelief belief) {
            return new Point(parameter, other, number, theta, belief);
        }
    }

    /**
     * A point of a slice or plane.
     *
     * @param other the second parameter; empty in a slice
     */
    record Point(String parameter, Optional<String> other, int number, ParameterValues theta, ThetaBelief belief) {

        SurrogateSliceRow row(String runId, String studyId, String technique) {
            return new SurrogateSliceRow(
                    runId,
                    studyId,
                    technique,
                    parameter,
                    number,
                    value(parameter),
                    other,
                    other.map(this::value),
                    belief.mu(),
                    belief.muDeviation(),
                    belief.probabilityOfFeasibility());
        }

        String value(String name) {
            return String.valueOf(theta.values().get(name));
        }
    }

    /** @throws SurrogateException when the trials can't be fitted */
    List<Point> around(ParameterValues center) {
        List<Place> slices = new ArrayList<>();
        for (int parameter = 0; parameter < parameters.size(); parameter++) {
            slices.addAll(places(center, parameter, OptionalInt.empty()));
        }
        List<Point> points = new ArrayList<>(believed(slices));
        List<Integer> most = most(points);
        if (most.size() == 2) {
            points.addAll(believed(places(center, most.get(0), OptionalInt.of(most.get(1)))));
        }
        return points;
    }

    /** The two parameters whose slices move mu most, in their order; fewer where fewer can move. */
    private List<Integer> most(List<Point> slices) {
        Map<Integer, Double> reach = new TreeMap<>();
        for (int parameter = 0; parameter < parameters.size(); parameter++) {
            String name = parameters.get(parameter);
            List<Point> slice = slices.stream()
                    .filter(point -> point.parameter().equals(name))
                    .toList();
            if (slice.size() > 1) {
                reach.put(parameter, reach(slice));
            }
        }
        return reach.entrySet().stream()
                .sorted(Map.Entry.<Integer, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(2)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static double reach(List<Point> slice) {
        var mu = slice.stream().mapToDouble(point -> point.belief().mu()).summaryStatistics();
        return mu.getMax() - mu.getMin();
    }

    /** Different points only; none where a parameter is not active there. */
    private List<Place> places(ParameterValues center, int parameter, OptionalInt other) {
        double[] quantiles = cube.quantiles(center);
        int steps = other.isPresent() ? PLANE : SLICE;
        String name = parameters.get(parameter);
        Optional<String> otherName = other.stream().mapToObj(parameters::get).findFirst();
        List<ParameterValues> thetas = IntStream.range(0, other.isPresent() ? steps * steps : steps)
                .mapToObj(step -> {
                    double[] moved = quantiles.clone();
                    moved[parameter] = (step % steps) / (steps - 1.0);
                    other.ifPresent(index -> moved[index] = (step / steps) / (steps - 1.0));
                    return cube.atQuantiles(moved);
                })
                .filter(theta -> theta.values().containsKey(name)
                        && otherName.map(theta.values()::containsKey).orElse(true))
                .distinct()
                .toList();
        return IntStream.range(0, thetas.size())
                .mapToObj(i -> new Place(name, otherName, i, thetas.get(i)))
                .toList();
    }

    /** All at once: the surrogate's draws are made anew for each question. */
    private List<Point> believed(List<Place> places) {
        List<ThetaBelief> beliefs =
                surrogate.beliefsAt(places.stream().map(Place::theta).toList());
        return IntStream.range(0, places.size())
                .mapToObj(i -> places.get(i).with(beliefs.get(i)))
                .toList();
    }
}
