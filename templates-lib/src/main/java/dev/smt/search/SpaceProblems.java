package dev.smt.search;

import dev.smt.search.Parameter.Real;
import dev.smt.search.Parameter.Whole;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Everything that keeps parameters, conditions, fixed values and constraints from being a search space. */
final class SpaceProblems {
    private final List<Parameter> parameters;
    private final List<Condition> conditions;
    private final Map<String, Object> fixed;
    private final List<LinearConstraint> constraints;
    private final Map<String, Parameter> byName = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private SpaceProblems(
            List<Parameter> parameters,
            List<Condition> conditions,
            Map<String, Object> fixed,
            List<LinearConstraint> constraints) {
        this.parameters = parameters;
        this.conditions = conditions;
        this.fixed = fixed;
        this.constraints = constraints;
        parameters.forEach(parameter -> byName.put(parameter.name(), parameter));
    }

    /** One sentence each. */
    static List<String> of(
            List<Parameter> parameters,
            List<Condition> conditions,
            Map<String, Object> fixed,
            List<LinearConstraint> constraints) {
        SpaceProblems found = new SpaceProblems(parameters, conditions, fixed, constraints);
        found.names();
        found.conditions();
        found.fixedValues();
        found.constraintTerms();
        if (found.problems.isEmpty()) {
            found.activity();
            found.bounds();
        }
        return found.problems;
    }

    private void names() {
        Set<String> names = new HashSet<>();
        for (Parameter parameter : parameters) {
            if (!names.add(parameter.name())) {
                problems.add("parameter " + parameter.name() + " is twice in one search space");
            }
        }
    }

    private void conditions() {
        for (Condition condition : conditions) {
            unknown(condition.parameter(), "condition", condition);
            Parameter parent = byName.get(condition.parent());
            if (parent == null) {
                unknown(condition.parent(), "condition", condition);
            } else if (parent instanceof Real) {
                problems.add("condition \"" + condition + "\" has a real parent, " + parent.name()
                        + "; allowed: a flag, a categorical or a whole parameter");
            } else {
                condition.values().stream()
                        .filter(value -> !parent.admits(value))
                        .forEach(value -> problems.add("condition \"" + condition + "\": " + parent.name()
                                + " can't be " + typed(value) + "; allowed: " + parent.allowed()));
            }
        }
        cycles();
    }

    private void cycles() {
        List<Condition> known = conditions.stream()
                .filter(condition -> byName.containsKey(condition.parent()))
                .toList();
        Set<String> waiting = new TreeSet<>(byName.keySet());
        ParameterOrder.sorted(parameters, known).forEach(parameter -> waiting.remove(parameter.name()));
        // Those that only hang on a cycle are none of it.
        boolean shrunk = true;
        while (shrunk) {
            shrunk = waiting.removeIf(name -> known.stream()
                    .noneMatch(
                            condition -> condition.parent().equals(name) && waiting.contains(condition.parameter())));
        }
        if (!waiting.isEmpty()) {
            problems.add("parameters " + waiting + " wait for one another: their conditions form a cycle; leave out one"
                    + " of "
                    + known.stream()
                            .filter(c -> waiting.contains(c.parameter()))
                            .toList());
        }
    }

    private void fixedValues() {
        fixed.forEach((name, value) -> {
            Parameter parameter = byName.get(name);
            if (parameter == null) {
                unknown(name, "fixed value", value);
            } else if (!parameter.admits(value)) {
                problems.add(
                        "parameter " + name + " is fixed at " + typed(value) + "; allowed: " + parameter.allowed());
            }
        });
    }

    private void constraintTerms() {
        for (LinearConstraint constraint : constraints) {
            for (String name : constraint.coefficients().keySet()) {
                Parameter parameter = byName.get(name);
                if (parameter == null) {
                    unknown(name, "constraint", constraint);
                } else if (!(parameter instanceof Real || parameter instanceof Whole)) {
                    problems.add("constraint \"" + constraint + "\" has " + name + ", which is " + parameter.allowed()
                            + "; allowed: real and whole parameters");
                }
            }
        }
    }

    private void activity() {
        Activity whatever = new Activity(conditions, Map.of());
        Activity activity = new Activity(conditions, fixed);
        for (Parameter parameter : parameters) {
            String name = parameter.name();
            if (!whatever.ever(name)) {
                problems.add("parameter " + name + " can never be active: its conditions " + whatever.above(name)
                        + " contradict one another");
            } else if (fixed.containsKey(name) && !activity.ever(name)) {
                problems.add("parameter " + name + " is fixed at " + fixed.get(name) + ", but the other fixed values "
                        + fixed + " make it inactive; leave it out");
            }
        }
    }

    /** A sum whose smallest value is above its bound; it is reached in the box, so this is exact for each one alone. */
    private void bounds() {
        Activity activity = new Activity(conditions, fixed);
        for (LinearConstraint constraint : constraints) {
            double least = 0;
            for (Map.Entry<String, Double> term : constraint.coefficients().entrySet()) {
                double lowest = lowest(byName.get(term.getKey()), term.getValue());
                least += activity.always(term.getKey())
                        ? lowest
                        : activity.ever(term.getKey()) ? Math.min(0, lowest) : 0;
            }
            if (least > constraint.bound() + Constraints.tolerance(constraint, byName)) {
                problems.add("constraint \"" + constraint + "\" holds nowhere: the sum is at least " + least
                        + "; raise the bound, or widen the ranges");
            }
        }
    }

    private double lowest(Parameter parameter, double factor) {
        if (fixed.get(parameter.name()) instanceof Number number) {
            return factor * number.doubleValue();
        }
        return Math.min(factor * Constraints.low(parameter), factor * Constraints.high(parameter));
    }

    private void unknown(String name, String what, Object where) {
        if (!byName.containsKey(name)) {
            problems.add(what + " \"" + where + "\" names " + name + ", which is not one of this search space's: "
                    + byName.keySet());
        }
    }

    private static String typed(Object value) {
        return value + " (" + value.getClass().getSimpleName() + ")";
    }
}
