package dev.smt.search;

import dev.smt.search.Parameter.Real;
import dev.smt.search.Parameter.Whole;
import java.util.Map;

/** What linear constraints need to know of the parameters in them. */
final class Constraints {
    /** A little more than what {@link Scale#rounded} may change. */
    private static final double REAL_ROUNDING = 4e-12;

    private static final double WHOLE_ROUNDING = 1e-15;

    private Constraints() {}

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
            tolerance +=
                    (parameter instanceof Real ? REAL_ROUNDING : WHOLE_ROUNDING) * Math.abs(term.getValue()) * largest;
        }
        return tolerance;
    }
}
