package dev.smt.search;

import dev.smt.search.Parameter.Categorical;
import dev.smt.search.Parameter.Flag;
import dev.smt.search.Parameter.Real;
import dev.smt.search.Parameter.Whole;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A search space as a unit cube, in two forms.
 *
 * <p><b>Encoding</b> (D coordinates, for models of theta and for the sensitivities of Eq. 7): a number takes one
 * coordinate, 0 at its low and 1 at its high end, linear or logarithmic; a categorical parameter takes one coordinate
 * per level, 1 at its level and 0 elsewhere; a flag takes one coordinate, 1 for true. An inactive parameter is in the
 * middle: 1/2, and 1/L at each of L levels; so it is as far from all of its values, and levels always sum to 1.
 *
 * <p><b>Quantiles</b> (P coordinates, one per parameter, for drawing points): without constraints a uniform point of
 * [0, 1]^P is a uniform point of the space; each level, and each whole number on a linear scale, has the same share. The
 * quantile of an inactive parameter decides nothing.
 *
 * <p>A parameter with a single value, a fixed one, and one that fixed values make inactive take no coordinate in either
 * form.
 *
 * <p><b>Constraints.</b> Every point that comes out is a point of the space. Where coordinates or quantiles lie outside of
 * the linear constraints, {@link #decode}, {@link #atQuantiles} and {@link #nearest} give a point on their edge, the same
 * one every time: the numbers of the constraints are moved as little as possible in their own units over their ranges,
 * none preferred to another. {@link #drawn} is for uniform draws: it gives nothing there.
 */
public final class UnitCube {
    private static final double MIDDLE = 0.5;

    private final SearchSpace space;
    private final Constraints constraints;
    private final List<Parameter> order;
    private final List<Parameter> free;
    private final List<Coordinate> coordinates;
    /** By name: the first coordinate of the encoding, and the quantile. */
    private final Map<String, Integer> offsets = new HashMap<>();

    private final Map<String, Integer> quantileOffsets = new HashMap<>();
    private final Optional<NearestPoint> nearest;

    /** @throws IllegalArgumentException where no point is found that holds the space's constraints */
    public UnitCube(SearchSpace space) {
        this.space = space;
        this.constraints = new Constraints(space);
        this.order = ParameterOrder.parentsFirst(space);
        Activity activity = new Activity(space.conditions(), space.fixed());
        this.free = space.parameters().stream()
                .filter(parameter -> parameter.size().orElse(2) != 1)
                .filter(parameter -> !space.fixed().containsKey(parameter.name()) && activity.ever(parameter.name()))
                .toList();
        List<Coordinate> all = new ArrayList<>();
        for (Parameter parameter : free) {
            quantileOffsets.put(parameter.name(), quantileOffsets.size());
            offsets.put(parameter.name(), all.size());
            all.addAll(coordinates(parameter));
        }
        this.coordinates = List.copyOf(all);
        this.nearest = space.constraints().isEmpty() ? Optional.empty() : Optional.of(new NearestPoint(space));
    }

    public SearchSpace space() {
        return space;
    }

    /** D, the number of coordinates of the encoding. */
    public int dimension() {
        return coordinates.size();
    }

    /** The D coordinates; those of one parameter are side by side, parameters are in the space's order. */
    public List<Coordinate> coordinates() {
        return coordinates;
    }

    /** P, the number of parameters with more than one value. */
    public int freeParameters() {
        return free.size();
    }

    /**
     * The point's D coordinates.
     *
     * @throws IllegalArgumentException with all problems where the point is not of the space
     */
    public double[] encode(ParameterValues values) {
        space.check(values);
        double[] point = new double[dimension()];
        for (Parameter parameter : free) {
            int at = offsets.get(parameter.name());
            Object value = values.values().get(parameter.name());
            if (parameter instanceof Categorical categorical) {
                int levels = categorical.levels().size();
                if (value == null) {
                    Arrays.fill(point, at, at + levels, 1.0 / levels);
                } else {
                    point[at + categorical.levels().indexOf(value)] = 1;
                }
            } else {
                point[at] = value == null ? MIDDLE : coordinate(parameter, value);
            }
        }
        return point;
    }

    /**
     * The nearest point of the space: coordinates are clipped to [0, 1], whole numbers rounded, the largest coordinate
     * of a categorical parameter gives its level (the first among equals), a flag is true from 0.5; then the constraints.
     *
     * <p>{@code decode(encode(theta))} is theta: exactly for whole numbers (up to 1e12), levels and flags. Real numbers
     * are rounded to a decimal number, 12 digits after the first digit of the range, or of the number itself on a
     * logarithmic scale (10 where high / low is above e^100). So every point that the cube gives comes back bit for bit, and so does one that is told with no
     * more digits; others within that rounding.
     */
    public ParameterValues decode(double[] point) {
        requireLength(point, dimension(), "coordinates");
        return constrained(free(parameter -> value(parameter, point, offsets.get(parameter.name()))));
    }

    /** Whether the coordinates, decoded, hold the constraints as they are. */
    public boolean holds(double[] point) {
        requireLength(point, dimension(), "coordinates");
        return nearest.isEmpty() || valid(free(parameter -> value(parameter, point, offsets.get(parameter.name()))));
    }

    /** The coordinates of the point that D coordinates are decoded to: those themselves for an encoded point. */
    public double[] nearest(double[] point) {
        return encode(decode(point));
    }

    /**
     * The point of the space nearest to values of its parameters: {@link SearchSpace#completed}, then the constraints. For
     * a step that changes a parameter, whatever hangs on it.
     *
     * @throws IllegalArgumentException with all problems where a value is not of its parameter
     */
    public ParameterValues nearest(ParameterValues values) {
        ParameterValues near = constrained(space.completed(values));
        return space.require(near);
    }

    /** The point of the space at P quantiles, each clipped to [0, 1]; moved to the constraints where it violates them. */
    public ParameterValues atQuantiles(double[] quantiles) {
        return constrained(quantilePoint(quantiles));
    }

    /** The point of the space at P quantiles; empty where it violates the constraints. */
    public Optional<ParameterValues> drawn(double[] quantiles) {
        return Optional.of(quantilePoint(quantiles)).filter(this::valid);
    }

    private ParameterValues quantilePoint(double[] quantiles) {
        requireLength(quantiles, freeParameters(), "quantiles");
        return free(parameter -> atQuantile(parameter, Scale.clip(quantiles[quantileOffsets.get(parameter.name())])));
    }

    /** P quantiles at which the point lies: {@code atQuantiles(quantiles(theta))} is theta, as for {@link #decode}. */
    public double[] quantiles(ParameterValues values) {
        space.check(values);
        return free.stream()
                .mapToDouble(parameter -> {
                    Object value = values.values().get(parameter.name());
                    return value == null ? MIDDLE : quantile(parameter, value);
                })
                .toArray();
    }

    /**
     * All points of a finite space, the last parameter changing fastest (parents before what hangs on them).
     *
     * @throws IllegalArgumentException where the space has no finite size
     */
    public List<ParameterValues> points() {
        return FinitePoints.list(space);
    }

    private ParameterValues free(Function<Parameter, Object> value) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Parameter parameter : order) {
            String name = parameter.name();
            if (Activity.at(space.conditions(), name, values)) {
                values.put(name, offsets.containsKey(name) ? value.apply(parameter) : only(parameter));
            }
        }
        return space.conditions().isEmpty() ? new ParameterValues(values) : space.ordered(values);
    }

    private Object only(Parameter parameter) {
        Object fixed = space.fixed().get(parameter.name());
        return fixed == null ? parameter.middle() : fixed;
    }

    private ParameterValues constrained(ParameterValues values) {
        return nearest.map(toNearest -> toNearest.to(values)).orElse(values);
    }

    private boolean valid(ParameterValues values) {
        return constraints.hold(values.values());
    }

    private static List<Coordinate> coordinates(Parameter parameter) {
        return parameter instanceof Categorical categorical
                ? categorical.levels().stream()
                        .map(level -> Coordinate.ofLevel(categorical, level))
                        .toList()
                : List.of(Coordinate.of(parameter));
    }

    private static double coordinate(Parameter parameter, Object value) {
        if (parameter instanceof Real real) {
            return Scale.of(real).to((Double) value);
        }
        if (parameter instanceof Whole whole) {
            return Scale.of(whole).to((Long) value);
        }
        return (Boolean) value ? 1 : 0;
    }

    private static Object value(Parameter parameter, double[] point, int at) {
        if (parameter instanceof Categorical categorical) {
            int best = 0;
            for (int level = 1; level < categorical.levels().size(); level++) {
                best = point[at + level] > point[at + best] ? level : best;
            }
            return categorical.levels().get(best);
        }
        double coordinate = Scale.clip(point[at]);
        if (parameter instanceof Real real) {
            Scale scale = Scale.of(real);
            return scale.rounded(scale.from(coordinate));
        }
        if (parameter instanceof Whole whole) {
            return rounded(whole, Scale.of(whole).from(coordinate));
        }
        return coordinate >= MIDDLE;
    }

    private static double quantile(Parameter parameter, Object value) {
        if (parameter instanceof Categorical categorical) {
            return (categorical.levels().indexOf(value) + MIDDLE)
                    / categorical.levels().size();
        }
        if (parameter instanceof Flag) {
            return (Boolean) value ? 0.75 : 0.25;
        }
        return parameter instanceof Whole whole ? shares(whole).to((Long) value) : coordinate(parameter, value);
    }

    private static Object atQuantile(Parameter parameter, double quantile) {
        if (parameter instanceof Categorical categorical) {
            List<String> levels = categorical.levels();
            return levels.get(Math.min(levels.size() - 1, (int) (quantile * levels.size())));
        }
        return parameter instanceof Whole whole
                ? rounded(whole, shares(whole).from(quantile))
                : value(parameter, new double[] {quantile}, 0);
    }

    /** The range widened by half a step at both ends, so that the ends get a whole number's full share. */
    private static Scale shares(Whole whole) {
        return new Scale(whole.low() - 0.5, whole.high() + 0.5, whole.log());
    }

    private static long rounded(Whole whole, double value) {
        return Math.max(whole.low(), Math.min(whole.high(), Math.round(value)));
    }

    private static void requireLength(double[] point, int length, String what) {
        if (point.length != length) {
            throw new IllegalArgumentException("a point of " + point.length + " " + what + "; expected " + length);
        }
        for (double value : point) {
            if (Double.isNaN(value)) {
                throw new IllegalArgumentException("a point with NaN among its " + what);
            }
        }
    }
}
