package dev.smt.benchmark;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.FleetOutcome;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.random.SobolSequenceGenerator;

/**
 * The best feasible theta of a technique whose truth is known, found without noise: evenly spread points, then a pattern search
 * from the best of them, with steps in random directions so that it slides along the edge of the feasible region. A level is
 * the best one whatever the numbers are, so only the numbers are searched.
 *
 * @param theta the best one
 * @param outcome its true mu and R
 */
public record BestTheta(ParameterValues theta, FleetOutcome outcome) {
    private static final int SPREAD = 1024;
    private static final int STARTS = 6;
    private static final double APART = 0.15;
    private static final double FIRST_STEP = 0.2;
    private static final double LAST_STEP = 1e-5;
    private static final int TRIES = 16;
    private static final int SEED = 17;

    /**
     * The best feasible theta for some models.
     *
     * @param models those of the objective, in its order
     * @return empty where no theta is feasible
     */
    static Optional<BestTheta> of(ResponseSurface surface, List<BenchmarkModel> models, FleetObjective objective) {
        TrueEffects effects = new TrueEffects(surface, models, objective);
        int dimension = numbers(surface).size();
        SobolSequenceGenerator spread = new SobolSequenceGenerator(dimension);
        Stream<double[]> places = Stream.concat(
                Stream.of(placesBeforeTheEdge(surface)),
                IntStream.range(0, SPREAD).mapToObj(i -> spread.nextVector()));
        List<Point> feasible = places.map(place -> Point.at(surface, effects, place))
                .filter(point -> point.outcome().feasible())
                .sorted(Comparator.comparingDouble(point -> -point.outcome().mu()))
                .toList();
        return starts(feasible).stream()
                .map(start -> climbed(surface, effects, start))
                .max(Comparator.comparingDouble(point -> point.outcome().mu()))
                .map(point -> new BestTheta(point.theta(), point.outcome()));
    }

    /** The best points that are apart: the surface may have several tops. */
    private static List<Point> starts(List<Point> bestFirst) {
        List<Point> starts = new ArrayList<>();
        for (Point point : bestFirst) {
            if (starts.size() < STARTS
                    && starts.stream().allMatch(start -> distance(start.places(), point.places()) >= APART)) {
                starts.add(point);
            }
        }
        return starts;
    }

    private static double distance(double[] some, double[] others) {
        return IntStream.range(0, some.length)
                .mapToDouble(k -> Math.abs(some[k] - others[k]))
                .max()
                .orElse(0);
    }

    /** Places of the numbers, and the theta that they mean. */
    private record Point(double[] places, ParameterValues theta, FleetOutcome outcome) {
        static Point at(ResponseSurface surface, TrueEffects effects, double[] places) {
            ParameterValues theta = thetaAt(surface, places);
            return new Point(places, theta, effects.outcome(theta));
        }
    }

    private static Point climbed(ResponseSurface surface, TrueEffects effects, Point start) {
        Random random = new Random(SEED);
        Point best = start;
        double step = FIRST_STEP;
        while (step > LAST_STEP) {
            Point before = best;
            for (int attempt = 0; attempt < TRIES * start.places().length; attempt++) {
                Point tried = Point.at(surface, effects, moved(best.places(), step, attempt, random));
                best = tried.outcome().feasible()
                                && tried.outcome().mu() > best.outcome().mu()
                        ? tried
                        : best;
            }
            step = best == before ? step / 2 : step;
        }
        return best;
    }

    /** First along the axes, then anywhere. */
    private static double[] moved(double[] from, double step, int attempt, Random random) {
        double[] to = from.clone();
        for (int k = 0; k < to.length; k++) {
            double by = attempt < 2 * to.length
                    ? (attempt / 2 == k ? (attempt % 2 == 0 ? 1 : -1) : 0)
                    : random.nextGaussian() / Math.sqrt(to.length);
            to[k] = Math.max(0, Math.min(1, to[k] + step * by));
        }
        return to;
    }

    /**
     * A theta in front of the edge, near the common optimum: the clusters' mean optimum, moved against the direction until h
     * is negative.
     */
    static ParameterValues beforeTheEdge(ResponseSurface surface) {
        return thetaAt(surface, placesBeforeTheEdge(surface));
    }

    private static double[] placesBeforeTheEdge(ResponseSurface surface) {
        SurfaceCoefficients coefficients = surface.coefficients();
        List<Integer> numbers = numbers(surface);
        double[] places = numbers.stream()
                .mapToDouble(k -> IntStream.range(0, coefficients.optima().length)
                        .mapToDouble(cluster -> coefficients.optima()[cluster][k])
                        .average()
                        .orElseThrow())
                .toArray();
        for (int moves = 0; moves < 100 && surface.edge(surface.places(thetaAt(surface, places))) > 0; moves++) {
            for (int i = 0; i < places.length; i++) {
                double against = -Math.signum(coefficients.direction()[numbers.get(i)]);
                places[i] = Math.max(0, Math.min(1, places[i] + 0.01 * against));
            }
        }
        return places;
    }

    /** The theta at places of the numbers, with the best levels. */
    private static ParameterValues thetaAt(ResponseSurface surface, double[] places) {
        Map<String, Object> values = new LinkedHashMap<>();
        List<Parameter> parameters = surface.space().parameters();
        int number = 0;
        for (int k = 0; k < parameters.size(); k++) {
            Parameter parameter = parameters.get(k);
            if (parameter instanceof Parameter.Real real) {
                values.put(parameter.name(), value(places[number++], real.low(), real.high(), real.log()));
            } else if (parameter instanceof Parameter.Whole whole) {
                values.put(
                        parameter.name(), Math.round(value(places[number++], whole.low(), whole.high(), whole.log())));
            } else {
                int free = free(surface.coefficients().costs()[k]);
                values.put(
                        parameter.name(),
                        parameter instanceof Parameter.Categorical categorical
                                ? categorical.levels().get(free)
                                : (Object) (free == 1));
            }
        }
        return new ParameterValues(values);
    }

    private static double value(double place, double low, double high, boolean log) {
        double value = log ? low * Math.pow(high / low, place) : low + place * (high - low);
        return Math.max(low, Math.min(high, value));
    }

    private static int free(double[] costs) {
        return IntStream.range(0, costs.length)
                .filter(level -> costs[level] == 0)
                .findFirst()
                .orElseThrow();
    }

    private static List<Integer> numbers(ResponseSurface surface) {
        List<Integer> numbers = new ArrayList<>();
        for (int k = 0; k < surface.space().parameters().size(); k++) {
            if (surface.coefficients().costs()[k].length == 0) {
                numbers.add(k);
            }
        }
        return numbers;
    }
}
