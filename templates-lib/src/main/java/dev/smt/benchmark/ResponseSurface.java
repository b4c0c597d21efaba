package dev.smt.benchmark;

import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.List;

/**
 * What a technique truly does to a model, in percent NE, in closed form:
 *
 * <pre>
 * delta = s (gain_c - depth q / (1 + q) - loss_c min(1, max(0, h / width))) + sum_j level_j z_j + h sum_j slope_j z_j
 *         - resistance loss_m
 * q = sum over numbers k of weight_k (u_k - optimum_ck)^2 + sum over parameters with levels k of cost_k(level)
 * h = sum over numbers k of direction_k u_k - offset
 * </pre>
 *
 * <p>c is the model's cluster, s its sensitivity, z its traits, loss_m its loss; u_k is the place of a number in its range, linear
 * (v - low) / (high - low), or on a logarithmic scale ln(v / low) / ln(high / low). A flag has the levels false and true.
 */
public final class ResponseSurface {
    private final SearchSpace space;
    private final SurfaceCoefficients coefficients;

    ResponseSurface(SearchSpace space, SurfaceCoefficients coefficients) {
        this.space = space;
        this.coefficients = coefficients;
    }

    SearchSpace space() {
        return space;
    }

    SurfaceCoefficients coefficients() {
        return coefficients;
    }

    /** The true delta of a model at theta, in percent NE. */
    public double delta(ParameterValues theta, BenchmarkModel model) {
        double[] places = places(theta);
        double h = edge(places);
        return model.sensitivity() * shared(places, h, model.cluster())
                + level(model)
                + h * slope(model)
                - coefficients.resistance() * model.loss();
    }

    /** By parameter: a number's place in [0, 1], or the index of the level. */
    double[] places(ParameterValues theta) {
        List<Parameter> parameters = space.parameters();
        double[] places = new double[parameters.size()];
        for (int k = 0; k < places.length; k++) {
            places[k] = place(
                    parameters.get(k), theta.values().get(parameters.get(k).name()));
        }
        return places;
    }

    private static double place(Parameter parameter, Object value) {
        if (parameter instanceof Parameter.Real real) {
            return place((Double) value, real.low(), real.high(), real.log());
        } else if (parameter instanceof Parameter.Whole whole) {
            return place((Long) value, whole.low(), whole.high(), whole.log());
        } else if (parameter instanceof Parameter.Categorical categorical) {
            return categorical.levels().indexOf(value);
        }
        return (Boolean) value ? 1 : 0;
    }

    private static double place(double value, double low, double high, boolean log) {
        return log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    }

    /** h. */
    double edge(double[] places) {
        double h = -coefficients.offset();
        for (int k = 0; k < places.length; k++) {
            h += coefficients.direction()[k] * places[k];
        }
        return h;
    }

    /** The largest |h| of any theta. */
    double reach() {
        double up = -coefficients.offset();
        double down = -coefficients.offset();
        for (double slope : coefficients.direction()) {
            up += Math.max(0, slope);
            down += Math.min(0, slope);
        }
        return Math.max(Math.abs(up), Math.abs(down));
    }

    /** What the models of a cluster have in common. */
    double shared(double[] places, double h, int cluster) {
        double q = 0;
        for (int k = 0; k < places.length; k++) {
            double[] costs = coefficients.costs()[k];
            double step = places[k] - coefficients.optima()[cluster][k];
            q += costs.length > 0 ? costs[(int) places[k]] : coefficients.weights()[k] * step * step;
        }
        return coefficients.gains()[cluster]
                - coefficients.depth() * q / (1 + q)
                - coefficients.losses()[cluster] * Math.min(1, Math.max(0, h / coefficients.width()));
    }

    double level(BenchmarkModel model) {
        return product(coefficients.levels(), model);
    }

    double slope(BenchmarkModel model) {
        return product(coefficients.slopes(), model);
    }

    private static double product(double[] factors, BenchmarkModel model) {
        double sum = 0;
        for (int j = 0; j < factors.length; j++) {
            sum += factors[j] * model.traits().get(j);
        }
        return sum;
    }
}
