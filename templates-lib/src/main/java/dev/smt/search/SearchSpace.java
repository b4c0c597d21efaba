package dev.smt.search;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

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

    /** The number of points; empty where a parameter is continuous or the number is above 2^62. */
    public OptionalLong size() {
        long size = 1;
        for (Parameter parameter : parameters) {
            OptionalLong choices = parameter.size();
            if (choices.isEmpty() || choices.getAsLong() > (1L << 62) / size) {
                return OptionalLong.empty();
            }
            size *= choices.getAsLong();
        }
        return OptionalLong.of(size);
    }

    /** Everything that keeps {@code values} from being a point of this space, one sentence each; empty for a point. */
    public List<String> problems(ParameterValues values) {
        List<String> problems = new ArrayList<>();
        Set<String> unknown = new LinkedHashSet<>(values.values().keySet());
        for (Parameter parameter : parameters) {
            unknown.remove(parameter.name());
            Object value = values.values().get(parameter.name());
            if (value == null) {
                problems.add("parameter " + parameter.name() + " has no value; allowed: " + parameter.allowed());
            } else if (!parameter.admits(value)) {
                problems.add("parameter " + parameter.name() + " is " + value + " ("
                        + value.getClass().getSimpleName() + "); allowed: " + parameter.allowed());
            }
        }
        for (String name : unknown) {
            problems.add("parameter " + name + " is not one of this search space's: " + names());
        }
        return problems;
    }

    /**
     * The point in this space's order of parameters.
     *
     * @throws IllegalArgumentException with all {@link #problems} where it is not of this space
     */
    public ParameterValues require(ParameterValues values) {
        List<String> problems = problems(values);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        Map<String, Object> ordered = new LinkedHashMap<>();
        names().forEach(name -> ordered.put(name, values.values().get(name)));
        return new ParameterValues(ordered);
    }

    /** The parameters' names, in order. */
    public List<String> names() {
        return parameters.stream().map(Parameter::name).toList();
    }
}
