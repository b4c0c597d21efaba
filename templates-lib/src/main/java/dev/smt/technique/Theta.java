package dev.smt.technique;

import dev.smt.search.Parameter;
import dev.smt.search.Parameter.Categorical;
import dev.smt.search.Parameter.Flag;
import dev.smt.search.Parameter.Real;
import dev.smt.search.Parameter.Whole;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Checks that a theta is a point of a technique's search space. */
final class Theta {
    private Theta() {}

    /** Throws with all problems: missing and unknown parameters, values of the wrong type or out of range. */
    static void require(String technique, SearchSpace space, ParameterValues theta) {
        List<String> problems = new ArrayList<>();
        Set<String> unknown = new TreeSet<>(theta.values().keySet());
        for (Parameter parameter : space.parameters()) {
            unknown.remove(parameter.name());
            Object value = theta.values().get(parameter.name());
            if (value == null) {
                problems.add("parameter " + parameter.name() + " is missing; allowed: " + allowed(parameter));
            } else if (!contains(parameter, value)) {
                problems.add("parameter " + parameter.name() + " is " + value + "; allowed: " + allowed(parameter));
            }
        }
        String names = space.parameters().stream().map(Parameter::name).collect(Collectors.joining(", "));
        unknown.forEach(name -> problems.add("parameter " + name + " is unknown; there are " + names));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("technique " + technique + ": " + String.join("; ", problems));
        }
    }

    private static boolean contains(Parameter parameter, Object value) {
        if (parameter instanceof Real real) {
            return value instanceof Double number && number >= real.low() && number <= real.high();
        }
        if (parameter instanceof Whole whole) {
            return value instanceof Long number && number >= whole.low() && number <= whole.high();
        }
        if (parameter instanceof Categorical categorical) {
            return value instanceof String level && categorical.levels().contains(level);
        }
        return parameter instanceof Flag && value instanceof Boolean;
    }

    private static String allowed(Parameter parameter) {
        if (parameter instanceof Real real) {
            return "a number from " + real.low() + " to " + real.high();
        }
        if (parameter instanceof Whole whole) {
            return "a whole number from " + whole.low() + " to " + whole.high();
        }
        if (parameter instanceof Categorical categorical) {
            return "one of " + String.join(", ", categorical.levels());
        }
        return "true or false";
    }
}
