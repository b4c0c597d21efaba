package dev.smt.search;

import dev.smt.search.Parameter.Real;
import dev.smt.search.Parameter.Whole;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Moves points that violate linear constraints to points that hold them. The numbers in the constraints are projected, in
 * their own units over their ranges; parents keep their values, unless nothing holds at them: then they take, one after the
 * other, those of a point that was found when this was made.
 */
final class NearestPoint {
    /** Steps from the projection to the inside, for whole numbers that rounding has moved out. */
    private static final int STEPS = 16;

    private static final int COMBINATIONS = 1024;

    private final SearchSpace space;
    private final Constraints constraints;
    private final Map<String, Parameter> byName;
    private final Set<String> parents = new LinkedHashSet<>();
    private final List<Parameter> numbers;
    private final ParameterValues valid;

    /** @throws IllegalArgumentException where no point is found that holds the constraints */
    NearestPoint(SearchSpace space) {
        this.space = space;
        this.byName = space.byName();
        this.constraints = new Constraints(space);
        Set<String> conditional = new HashSet<>();
        space.conditions().forEach(condition -> conditional.add(condition.parent()));
        ParameterOrder.parentsFirst(space).stream()
                .map(Parameter::name)
                .filter(conditional::contains)
                .forEach(parents::add);
        this.numbers = space.parameters().stream()
                .filter(parameter -> parameter.size().orElse(2) != 1)
                .filter(parameter -> !parents.contains(parameter.name()))
                .filter(parameter -> !space.fixed().containsKey(parameter.name()))
                .filter(parameter -> space.constraints().stream()
                        .anyMatch(constraint -> constraint.coefficients().containsKey(parameter.name())))
                .toList();
        this.valid = valid(new ArrayList<>(parents), 0, new LinkedHashMap<>(), new int[] {COMBINATIONS})
                .orElseThrow(() -> new IllegalArgumentException("no point was found that holds the constraints "
                        + space.constraints() + " of " + space.parameters() + " with the fixed values "
                        + space.fixed() + "; raise the bounds, or widen the ranges"));
    }

    /** The point itself where it holds the constraints. */
    ParameterValues to(ParameterValues values) {
        if (holds(values)) {
            return values;
        }
        ParameterValues current = values;
        Optional<ParameterValues> near = moved(current, true);
        for (String parent : parents) {
            Object target = valid.values().get(parent);
            if (near.isEmpty()
                    && target != null
                    && !target.equals(current.values().get(parent))) {
                current = space.completed(current.with(parent, target));
                near = moved(current, true);
            }
        }
        return near.orElse(valid);
    }

    private boolean holds(ParameterValues values) {
        return constraints.hold(values.values());
    }

    /** A valid point, over the values of the parents; of whole parents only those that decide something. */
    private Optional<ParameterValues> valid(List<String> open, int at, Map<String, Object> chosen, int[] budget) {
        if (at == open.size()) {
            ParameterValues start = space.completed(new ParameterValues(chosen));
            return budget[0]-- > 0 ? moved(start, false) : Optional.empty();
        }
        Parameter parent = byName.get(open.get(at));
        if (!Activity.at(space.conditions(), parent.name(), chosen)) {
            return valid(open, at + 1, chosen, budget);
        }
        for (Object choice : deciding(parent)) {
            Map<String, Object> with = new LinkedHashMap<>(chosen);
            with.put(parent.name(), choice);
            Optional<ParameterValues> found = valid(open, at + 1, with, budget);
            if (found.isPresent() || budget[0] <= 0) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Set<Object> deciding(Parameter parent) {
        if (!(parent instanceof Whole whole) || space.fixed().containsKey(parent.name())) {
            return new LinkedHashSet<>(FinitePoints.choices(space, parent));
        }
        Set<Object> choices = new LinkedHashSet<>(List.of(whole.middle(), whole.low(), whole.high()));
        space.conditions().stream()
                .filter(condition -> condition.parent().equals(whole.name()))
                .forEach(condition -> choices.addAll(condition.values()));
        return choices;
    }

    /**
     * A point with the same values of all but the numbers; empty where none holds the constraints.
     *
     * @param near whether near to the values, else with room to the constraints
     */
    private Optional<ParameterValues> moved(ParameterValues values, boolean near) {
        List<Parameter> variables = numbers.stream()
                .filter(parameter -> values.values().containsKey(parameter.name()))
                .toList();
        if (variables.isEmpty()) {
            return holds(values) ? Optional.of(values) : Optional.empty();
        }
        Polytope polytope = polytope(variables, values);
        double[] start = new double[variables.size()];
        for (int j = 0; j < start.length; j++) {
            Number value = (Number) values.values().get(variables.get(j).name());
            start[j] = polytope.place(j, value.doubleValue());
        }
        double[] projected = polytope.nearest(start, false);
        if (near) {
            ParameterValues first = at(values, variables, polytope, polytope.nearest(projected, true));
            if (holds(first)) {
                return Optional.of(first);
            }
        }
        return polytope.inside()
                .flatMap(inside -> between(values, variables, polytope, near ? projected : inside, inside));
    }

    private Optional<ParameterValues> between(
            ParameterValues values, List<Parameter> variables, Polytope polytope, double[] from, double[] to) {
        for (int step = 1; step <= STEPS; step++) {
            double[] place = new double[from.length];
            for (int j = 0; j < place.length; j++) {
                place[j] = from[j] + step * (to[j] - from[j]) / STEPS;
            }
            ParameterValues candidate = at(values, variables, polytope, polytope.nearest(place, true));
            if (holds(candidate)) {
                return Optional.of(candidate);
            }
        }
        ParameterValues last = at(values, variables, polytope, to);
        return holds(last) ? Optional.of(last) : Optional.empty();
    }

    private static ParameterValues at(
            ParameterValues values, List<Parameter> variables, Polytope polytope, double[] place) {
        Map<String, Object> moved = new LinkedHashMap<>(values.values());
        for (int j = 0; j < place.length; j++) {
            double value = polytope.value(j, Scale.clip(place[j]));
            Parameter parameter = variables.get(j);
            moved.put(
                    parameter.name(),
                    parameter instanceof Real real ? (Object) Scale.of(real).rounded(value) : (Object) (long) value);
        }
        return new ParameterValues(moved);
    }

    /** The constraints on the variables, with what the other values add taken off the bounds. */
    private Polytope polytope(List<Parameter> variables, ParameterValues values) {
        List<LinearConstraint> sums = space.constraints();
        double[][] rows = new double[sums.size()][variables.size()];
        double[] bounds = new double[sums.size()];
        Map<String, Object> others = new HashMap<>(values.values());
        variables.forEach(variable -> others.remove(variable.name()));
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = sums.get(i).bound() - sums.get(i).sum(others);
            for (int j = 0; j < variables.size(); j++) {
                rows[i][j] =
                        sums.get(i).coefficients().getOrDefault(variables.get(j).name(), 0.0);
            }
        }
        return new Polytope(variables, rows, bounds);
    }
}
