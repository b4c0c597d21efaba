package dev.smt.search;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The sum of coefficient times value is at most a bound, in the parameters' own units. A parameter that is inactive at a
 * point adds nothing there.
 *
 * @param coefficients by the name of a real or whole parameter; finite, not 0
 * @param bound finite
 */
public record LinearConstraint(Map<String, Double> coefficients, double bound) implements Serializable {
    public LinearConstraint {
        coefficients = Collections.unmodifiableMap(new LinkedHashMap<>(coefficients));
        boolean usable = coefficients.values().stream().allMatch(factor -> Double.isFinite(factor) && factor != 0);
        if (coefficients.isEmpty() || !usable || !Double.isFinite(bound)) {
            throw new IllegalArgumentException(
                    "a linear constraint with the coefficients " + coefficients + " and the bound " + bound
                            + "; allowed: at least one coefficient, finite and not 0, finite bound");
        }
    }

    /** The sum of the two parameters is at most the bound. */
    public static LinearConstraint sumAtMost(double bound, String first, String second) {
        Map<String, Double> coefficients = new LinkedHashMap<>();
        coefficients.put(first, 1.0);
        coefficients.merge(second, 1.0, Double::sum);
        return new LinearConstraint(coefficients, bound);
    }

    /** The sum over the parameters that have a value. */
    double sum(Map<String, Object> values) {
        double sum = 0;
        for (Map.Entry<String, Double> term : coefficients.entrySet()) {
            if (values.get(term.getKey()) instanceof Number number) {
                sum += term.getValue() * number.doubleValue();
            }
        }
        return sum;
    }

    /** The sum in words. */
    String sumText() {
        return coefficients.entrySet().stream()
                .map(term -> term.getValue() == 1 ? term.getKey() : term.getValue() + " * " + term.getKey())
                .collect(Collectors.joining(" + "));
    }

    /** The constraint in words. */
    @Override
    public String toString() {
        return sumText() + " <= " + bound;
    }
}
