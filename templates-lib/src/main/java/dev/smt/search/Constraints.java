package dev.smt.search;

import dev.smt.search.Parameter.Real;
import dev.smt.search.Parameter.Whole;
import java.util.List;
import java.util.Map;

/** The linear constraints of a space, with what rounding may add to their sums. */
final class Constraints {
    /** Roundings of {@link Scale#rounded} that may come together. */
    private static final double REAL_ROUNDINGS = 4;

    private static final double WHOLE_ROUNDING = 1e-15;

    private final List<LinearConstraint> constraints;
    private final double[] limits;

    Constraints(SearchSpace space) {
        constraints = space.constraints();
        Map<String, Parameter> byName = constraints.isEmpty() ? Map.of() : space.byName();
        limits = constraints.stream()
                .mapToDouble(constraint -> constraint.bound() + tolerance(constraint, byName))
                .toArray();
    }

    boolean hold(Map<String, Object> values) {
        for (int i = 0; i < limits.length; i++) {
            if (violated(i, values)) {
                return false;
            }
        }
        return true;
    }

    boolean violated(int index, Map<String, Object> values) {
        return !(constraints.get(index).sum(values) <= limits[index]);
    }

    static double low(Parameter number) {
        return number instanceof Real real ? real.low() : ((Whole) number).low();
    }

    static double high(Parameter number) {
        return number instanceof Real real ? real.high() : ((Whole) number).high();
    }

    /** By how much a sum may pass its bound through the rounding of its terms. */
    static double tolerance(LinearConstraint constraint, Map<String, Parameter> parameters) {
        double tolerance = WHOLE_ROUNDING * Math.abs(constraint.bound());
        for (Map.Entry<String, Double> term : constraint.coefficients().entrySet()) {
            Parameter parameter = parameters.get(term.getKey());
            double largest = Math.max(Math.abs(low(parameter)), Math.abs(high(parameter)));
            tolerance += rounding(parameter) * Math.abs(term.getValue()) * largest;
        }
        return tolerance;
    }

    private static double rounding(Parameter parameter) {
        boolean rounded = parameter instanceof Real && parameter.size().isEmpty();
        return rounded ? REAL_ROUNDINGS * Scale.of((Real) parameter).precision() : WHOLE_ROUNDING;
    }
}
