package dev.smt.search;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A search space seen as a unit cube: reals and whole numbers become one coordinate in [0, 1] (linear or logarithmic),
 * a categorical parameter one coordinate per level (one-hot), a flag one coordinate; a parameter with a single value
 * takes none.
 *
 * @param space the search space
 */
public record UnitCube(SearchSpace space) implements Serializable {

    /** Number of coordinates. */
    public int dimension() {
        return coordinates().size();
    }

    /** A name per coordinate: the parameter's, or {@code parameter=level}. */
    public List<String> coordinates() {
        List<String> names = new ArrayList<>();
        for (Parameter parameter : space.parameters()) {
            if (single(parameter)) {
                continue;
            }
            if (parameter instanceof Parameter.Categorical categorical) {
                categorical.levels().forEach(level -> names.add(categorical.name() + "=" + level));
            } else {
                names.add(parameter.name());
            }
        }
        return names;
    }

    /** The point of theta; exact to the last bit back and forth for whole numbers, levels and flags. */
    public double[] encode(ParameterValues theta) {
        space.require(theta);
        double[] point = new double[dimension()];
        int at = 0;
        for (Parameter parameter : space.parameters()) {
            if (single(parameter)) {
                continue;
            }
            if (parameter instanceof Parameter.Real real) {
                point[at++] = position(theta.real(real.name()), real.low(), real.high(), real.log());
            } else if (parameter instanceof Parameter.Whole whole) {
                point[at++] = position(theta.whole(whole.name()), whole.low(), whole.high(), whole.log());
            } else if (parameter instanceof Parameter.Categorical categorical) {
                point[at + categorical.levels().indexOf(theta.level(categorical.name()))] = 1;
                at += categorical.levels().size();
            } else {
                point[at++] = theta.flag(parameter.name()) ? 1 : 0;
            }
        }
        return point;
    }

    /**
     * The theta of a point: numbers are clipped and whole numbers rounded, the largest coordinate of a categorical
     * parameter wins, a flag is true from one half on.
     */
    public ParameterValues decode(double[] point) {
        if (point.length != dimension()) {
            throw new IllegalArgumentException("point has " + point.length + " coordinates; expected " + dimension());
        }
        Map<String, Object> values = new LinkedHashMap<>();
        int at = 0;
        for (Parameter parameter : space.parameters()) {
            if (single(parameter)) {
                values.put(parameter.name(), onlyValue(parameter));
            } else if (parameter instanceof Parameter.Real real) {
                values.put(real.name(), value(point[at++], real.low(), real.high(), real.log()));
            } else if (parameter instanceof Parameter.Whole whole) {
                values.put(whole.name(), Math.round(value(point[at++], whole.low(), whole.high(), whole.log())));
            } else if (parameter instanceof Parameter.Categorical categorical) {
                int best = 0;
                for (int level = 1; level < categorical.levels().size(); level++) {
                    best = point[at + level] > point[at + best] ? level : best;
                }
                values.put(categorical.name(), categorical.levels().get(best));
                at += categorical.levels().size();
            } else {
                values.put(parameter.name(), point[at++] >= 0.5);
            }
        }
        return new ParameterValues(values);
    }

    private static boolean single(Parameter parameter) {
        if (parameter instanceof Parameter.Real real) {
            return real.low() == real.high();
        } else if (parameter instanceof Parameter.Whole whole) {
            return whole.low() == whole.high();
        }
        return parameter instanceof Parameter.Categorical categorical
                && categorical.levels().size() == 1;
    }

    private static Object onlyValue(Parameter parameter) {
        if (parameter instanceof Parameter.Real real) {
            return real.low();
        } else if (parameter instanceof Parameter.Whole whole) {
            return whole.low();
        }
        return ((Parameter.Categorical) parameter).levels().get(0);
    }

    private static double position(double value, double low, double high, boolean log) {
        return log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    }

    private static double value(double position, double low, double high, boolean log) {
        double inside = Math.min(1, Math.max(0, position));
        double value = log ? low * Math.pow(high / low, inside) : low + inside * (high - low);
        return Math.min(high, Math.max(low, value));
    }
}
