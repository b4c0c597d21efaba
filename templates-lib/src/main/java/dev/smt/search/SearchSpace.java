package dev.smt.search;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The hyperparameters of a technique, in order.
 *
 * @param parameters with distinct names
 */
public record SearchSpace(List<Parameter> parameters) implements Serializable {
    public SearchSpace {
        parameters = List.copyOf(parameters);
        Set<String> names = new HashSet<>();
        for (Parameter parameter : parameters) {
            if (!names.add(parameter.name())) {
                throw new IllegalArgumentException("parameter " + parameter.name() + " is twice in one search space");
            }
        }
    }

    public static SearchSpace of(Parameter... parameters) {
        return new SearchSpace(List.of(parameters));
    }

    /** What keeps theta from being a point of this space; empty where it is one. */
    public List<String> problems(ParameterValues theta) {
        List<String> problems = new ArrayList<>();
        Set<String> unknown = new TreeSet<>(theta.values().keySet());
        for (Parameter parameter : parameters) {
            unknown.remove(parameter.name());
            Object value = theta.values().get(parameter.name());
            if (value == null) {
                problems.add("parameter " + parameter.name() + " is missing; allowed: " + parameter.allowed());
            } else if (!parameter.contains(value)) {
                problems.add("parameter " + parameter.name() + " is " + value + "; allowed: " + parameter.allowed());
            }
        }
        unknown.forEach(name -> problems.add("parameter " + name + " is not of this search space"));
        return problems;
    }

    /** @throws IllegalArgumentException with all the problems, where theta is not a point of this space */
    public ParameterValues require(ParameterValues theta) {
        List<String> problems = problems(theta);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return theta;
    }
}
