package dev.smt.search;

import dev.smt.search.Parameter.Categorical;
import dev.smt.search.Parameter.Flag;
import dev.smt.search.Parameter.Real;
import dev.smt.search.Parameter.Whole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A search space as a unit cube, in two forms.
 *
 * <p><b>Encoding</b> (D coordinates, for models of theta and for the sensitivities of Eq. 7): a number takes one
 * coordinate, 0 at its low and 1 at its high end, linear or logarithmic; a categorical parameter takes one coordinate
 * per level, 1 at its level and 0 elsewhere; a flag takes one coordinate, 1 for true.
 *
 * <p><b>Quantiles</b> (P coordinates, one per parameter, for drawing points): a uniform point of [0, 1]^P is a uniform
 * point of the space; each level, and each whole number on a linear scale, has the same share.
 *
 * <p>A parameter with a single value takes no coordinate in either form.
 */
public final class UnitCube {
    private final SearchSpace space;
    private final List<Parameter> free;
    private final List<String> coordinates;

    public UnitCube(SearchSpace space) {
        this.space = space;
        this.free = space.parameters().stream()
                .filter(parameter -> parameter.size().orElse(2) != 1)
                .toList();
        this.coordinates =
                free.stream().flatMap(parameter -> names(parameter).stream()).toList();
    }

    public SearchSpace space() {
        return space;
    }

    /** D, the number of coordinates of the encoding. */
    public int dimension() {
        return coordinates.size();
    }

    /** The D coordinates' names: the parameter's, for a level {@code parameter=LEVEL}. */
    public List<String> coordinates() {
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
        space.require(values);
        double[] point = new double[dimension()];
        int at = 0;
        for (Parameter parameter : free) {
            if (parameter instanceof Categorical categorical) {
                point[at + categorical.levels().indexOf(values.level(categorical.name()))] = 1;
                at += categorical.levels().size();
            } else {
                point[at++] = coordinate(parameter, values);
            }
        }
        return point;
    }

    /**
     * The nearest point of the space: coordinates are clipped to [0, 1], whole numbers rounded, the largest coordinate
     * of a categorical parameter gives its level (the first among equals), a flag is true from 0.5.
     *
     * <p>{@code decode(encode(theta))} is theta: exactly for whole numbers (up to 1e12), levels and flags, and for real
     * numbers at the ends of their range; elsewhere to within rounding, about 1e-15 of the (logarithmic) range.
     */
    public ParameterValues decode(double[] point) {
        requireLength(point, dimension(), "coordinates");
        Map<String, Object> values = new LinkedHashMap<>();
        int at = 0;
        for (Parameter parameter : space.parameters()) {
            int width = free.contains(parameter) ? width(parameter) : 0;
            values.put(parameter.name(), width == 0 ? only(parameter) : value(parameter, point, at));
            at += width;
        }
        return new ParameterValues(values);
    }

    /** The point of the space at P quantiles, each clipped to [0, 1]. */
    public ParameterValues atQuantiles(double[] quantiles) {
        requireLength(quantiles, freeParameters(), "quantiles");
        Map<String, Object> values = new LinkedHashMap<>();
        int at = 0;
        for (Parameter parameter : space.parameters()) {
            values.put(
                    parameter.name(),
                    free.contains(parameter) ? atQuantile(parameter, clip(quantiles[at++])) : only(parameter));
        }
        return new ParameterValues(values);
    }

    /** P quantiles at which the point lies: {@code atQuantiles(quantiles(theta))} is theta, as for {@link #decode}. */
    public double[] quantiles(ParameterValues values) {
        space.require(values);
        List<Double> quantiles = new ArrayList<>();
        for (Parameter parameter : free) {
            if (parameter instanceof Categorical categorical) {
                List<String> levels = categorical.levels();
                quantiles.add((levels.indexOf(values.level(categorical.name())) + 0.5) / levels.size());
            } else if (parameter instanceof Flag flag) {
                quantiles.add(values.flag(flag.name()) ? 0.75 : 0.25);
            } else if (parameter instanceof Whole whole) {
                quantiles.add(scale(whole).to(values.whole(whole.name())));
            } else {
                quantiles.add(coordinate(parameter, values));
            }
        }
        return quantiles.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /**
     * All points of a finite space, the last parameter changing fastest.
     *
     * @throws IllegalArgumentException where the space has no finite size
     */
    public List<ParameterValues> points() {
        if (space.size().isEmpty()) {
            throw new IllegalArgumentException("a space with real parameters has no list of points: " + space);
        }
        List<ParameterValues> points = List.of(ParameterValues.empty());
        for (Parameter parameter : space.parameters()) {
            List<Object> choices = choices(parameter);
            points = points.stream()
                    .flatMap(point -> choices.stream().map(choice -> point.with(parameter.name(), choice)))
                    .toList();
        }
        return points;
    }

    private static List<Object> choices(Parameter parameter) {
        List<Object> choices = new ArrayList<>();
        if (parameter instanceof Categorical categorical) {
            choices.addAll(categorical.levels());
        } else if (parameter instanceof Flag) {
            choices.addAll(List.of(false, true));
        } else if (parameter instanceof Whole whole) {
            for (long value = whole.low(); value <= whole.high(); value++) {
                choices.add(value);
            }
        } else {
            choices.add(only(parameter));
        }
        return choices;
    }

    private static List<String> names(Parameter parameter) {
        return parameter instanceof Categorical categorical
                ? categorical.levels().stream()
                        .map(level -> parameter.name() + "=" + level)
                        .toList()
                : List.of(parameter.name());
    }

    private static int width(Parameter parameter) {
        return parameter instanceof Categorical categorical
                ? categorical.levels().size()
                : 1;
    }

    private static Object only(Parameter parameter) {
        if (parameter instanceof Real real) {
            return real.low();
        }
        if (parameter instanceof Whole whole) {
            return whole.low();
        }
        return ((Categorical) parameter).levels().get(0);
    }

    private static double coordinate(Parameter parameter, ParameterValues values) {
        if (parameter instanceof Real real) {
            return new Scale(real.low(), real.high(), real.log()).to(values.real(real.name()));
        }
        if (parameter instanceof Whole whole) {
            return new Scale(whole.low(), whole.high(), whole.log()).to(values.whole(whole.name()));
        }
        return values.flag(parameter.name()) ? 1 : 0;
    }

    private static Object value(Parameter parameter, double[] point, int at) {
        if (parameter instanceof Categorical categorical) {
            int best = 0;
            for (int level = 1; level < categorical.levels().size(); level++) {
                best = point[at + level] > point[at + best] ? level : best;
            }
            return categorical.levels().get(best);
        }
        double coordinate = clip(point[at]);
        if (parameter instanceof Real real) {
            return new Scale(real.low(), real.high(), real.log()).from(coordinate);
        }
        if (parameter instanceof Whole whole) {
            return rounded(whole, new Scale(whole.low(), whole.high(), whole.log()).from(coordinate));
        }
        return coordinate >= 0.5;
    }

    private static Object atQuantile(Parameter parameter, double quantile) {
        if (parameter instanceof Categorical categorical) {
            List<String> levels = categorical.levels();
            return levels.get(Math.min(levels.size() - 1, (int) (quantile * levels.size())));
        }
        if (parameter instanceof Whole whole) {
            return rounded(whole, scale(whole).from(quantile));
        }
        return value(parameter, new double[] {quantile}, 0);
    }

    /** The range widened by half a step at both ends, so that the ends get a whole number's full share. */
    private static Scale scale(Whole whole) {
        return new Scale(whole.low() - 0.5, whole.high() + 0.5, whole.log());
    }

    private static long rounded(Whole whole, double value) {
        return Math.max(whole.low(), Math.min(whole.high(), Math.round(value)));
    }

    private static double clip(double coordinate) {
        return Math.max(0, Math.min(1, coordinate));
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

    /** A range and its map to [0, 1]. */
    private record Scale(double low, double high, boolean log) {
        double to(double value) {
            double share =
                    log ? Math.log(value / low) / Math.log(high / low) : (value / 2 - low / 2) / (high / 2 - low / 2);
            return clip(share);
        }

        double from(double coordinate) {
            if (coordinate == 0 || coordinate == 1) {
                return coordinate == 0 ? low : high;
            }
            double value = log
                    ? low * Math.exp(coordinate * Math.log(high / low))
                    : low * (1 - coordinate) + high * coordinate;
            return Math.max(low, Math.min(high, value));
        }
    }
}
