package dev.smt.search;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The hyperparameters of a technique, in order, and what is said of them together. Everything is checked when a space is
 * made, and all problems are named at once.
 *
 * @param parameters with distinct names
 * @param conditions when parameters are active; without a cycle
 * @param fixed values of parameters that are not searched: they appear in every point in which the parameter is active
 * @param constraints that every point holds
 */
public record SearchSpace(
        List<Parameter> parameters,
        List<Condition> conditions,
        Map<String, Object> fixed,
        List<LinearConstraint> constraints)
        implements Serializable {
    public SearchSpace {
        parameters = List.copyOf(parameters);
        conditions = List.copyOf(conditions);
        fixed = new ParameterValues(fixed).values();
        constraints = List.copyOf(constraints);
        List<String> problems = SpaceProblems.of(parameters, conditions, fixed, constraints);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** Parameters that don't depend on one another. */
    public SearchSpace(List<Parameter> parameters) {
        this(parameters, List.of(), Map.of(), List.of());
    }

    public static SearchSpace of(Parameter... parameters) {
        return new SearchSpace(List.of(parameters));
    }

    /**
     * Several spaces side by side.
     *
     * @throws IllegalArgumentException where two have a parameter of the same name; a technique's parameters start with
     *     its own name, so the spaces of different techniques have none
     */
    public static SearchSpace joined(List<SearchSpace> spaces) {
        Map<String, Object> fixed = new LinkedHashMap<>();
        spaces.forEach(space -> fixed.putAll(space.fixed));
        return new SearchSpace(
                spaces.stream().flatMap(space -> space.parameters.stream()).toList(),
                spaces.stream().flatMap(space -> space.conditions.stream()).toList(),
                fixed,
                spaces.stream().flatMap(space -> space.constraints.stream()).toList());
    }

    /** With more conditions. */
    public SearchSpace withConditions(Condition... more) {
        return new SearchSpace(parameters, appended(conditions, more), fixed, constraints);
    }

    /** With more constraints. */
    public SearchSpace withConstraints(LinearConstraint... more) {
        return new SearchSpace(parameters, conditions, fixed, appended(constraints, more));
    }

    /** With these parameters held at these values, and those that are fixed already at theirs. */
    public SearchSpace fixing(Map<String, Object> values) {
        Map<String, Object> all = new LinkedHashMap<>(fixed);
        all.putAll(values);
        return new SearchSpace(parameters, conditions, all, constraints);
    }

    private static <T> List<T> appended(List<T> some, T[] more) {
        return Stream.concat(some.stream(), Arrays.stream(more)).toList();
    }

    /**
     * The number of points; empty where an active parameter is continuous, the number is above 2^62, or conditions and
     * constraints leave more than {@value FinitePoints#TRIED} combinations to try.
     */
    public OptionalLong size() {
        return FinitePoints.count(this);
    }

    /** Whether a parameter is active at a point; one without conditions is so everywhere. */
    public boolean isActive(String parameter, ParameterValues values) {
        return Activity.at(conditions, parameter, values.values());
    }

    /** Everything that keeps {@code values} from being a point of this space, one sentence each; empty for a point. */
    public List<String> problems(ParameterValues values) {
        List<String> problems = new ArrayList<>();
        Set<String> unknown = new LinkedHashSet<>(values.values().keySet());
        for (Parameter parameter : parameters) {
            unknown.remove(parameter.name());
            problem(parameter, values, problems);
        }
        for (String name : unknown) {
            problems.add("parameter " + name + " is not one of this search space's: " + names());
        }
        return problems.isEmpty() ? violations(values) : problems;
    }

    private void problem(Parameter parameter, ParameterValues values, List<String> problems) {
        String name = parameter.name();
        Object value = values.values().get(name);
        if (!isActive(name, values)) {
            if (value != null) {
                problems.add("parameter " + name + " is " + value + ", but it is inactive here; leave it out ("
                        + conditionsOf(name) + ")");
            }
        } else if (value == null) {
            problems.add("parameter " + name + " has no value; allowed: " + allowed(parameter));
        } else if (!parameter.admits(value) || !value.equals(fixed.getOrDefault(name, value))) {
            problems.add("parameter " + name + " is " + value + " ("
                    + value.getClass().getSimpleName() + "); allowed: " + allowed(parameter));
        }
    }

    private String allowed(Parameter parameter) {
        return fixed.containsKey(parameter.name()) ? "the fixed " + fixed.get(parameter.name()) : parameter.allowed();
    }

    private String conditionsOf(String name) {
        return new Activity(conditions, fixed)
                .above(name).stream().map(Condition::toString).collect(Collectors.joining(", "));
    }

    private List<String> violations(ParameterValues values) {
        if (constraints.isEmpty()) {
            return List.of();
        }
        Constraints checked = new Constraints(this);
        return IntStream.range(0, constraints.size())
                .filter(i -> checked.violated(i, values.values()))
                .mapToObj(constraints::get)
                .map(constraint -> constraint.sumText() + " is " + constraint.sum(values.values())
                        + "; allowed: at most " + constraint.bound())
                .toList();
    }

    Map<String, Parameter> byName() {
        return parameters.stream().collect(Collectors.toMap(Parameter::name, parameter -> parameter));
    }

    /**
     * The point in this space's order of parameters.
     *
     * @throws IllegalArgumentException with all {@link #problems} where it is not of this space
     */
    public ParameterValues require(ParameterValues values) {
        check(values);
        return ordered(values.values());
    }

    void check(ParameterValues values) {
        List<String> problems = problems(values);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /**
     * The values with what other values make inactive left out, the fixed ones put in, and the middle of the range (the
     * first level, false) for what is active and has none: what a change of one parameter brings with it. Constraints are
     * not looked at, {@link UnitCube#nearest(ParameterValues)} does.
     */
    public ParameterValues completed(ParameterValues values) {
        Map<String, Object> completed = new LinkedHashMap<>();
        for (Parameter parameter : ParameterOrder.parentsFirst(this)) {
            String name = parameter.name();
            if (Activity.at(conditions, name, completed)) {
                Object given = fixed.getOrDefault(name, values.values().get(name));
                completed.put(name, given == null ? parameter.middle() : given);
            }
        }
        return ordered(completed);
    }

    ParameterValues ordered(Map<String, Object> values) {
        Map<String, Object> ordered = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            if (values.containsKey(parameter.name())) {
                ordered.put(parameter.name(), values.get(parameter.name()));
            }
        }
        return new ParameterValues(ordered);
    }

    /** The parameters' names, in order. */
    public List<String> names() {
        return parameters.stream().map(Parameter::name).toList();
    }
}
