package dev.smt.technique;

import dev.smt.search.Condition;
import dev.smt.search.Parameter;
import dev.smt.search.Parameter.Categorical;
import dev.smt.search.Parameter.Real;
import dev.smt.search.Parameter.Whole;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The points of a search space at which a technique is looked at: its defaults, and from there every parameter alone
 * through its ends, its middle and all its levels.
 */
final class SampledThetas {
    private SampledThetas() {}

    static List<ParameterValues> of(Technique technique) {
        List<ParameterValues> thetas = new ArrayList<>();
        thetas.add(technique.defaults());
        technique.searchSpace().parameters().forEach(parameter -> thetas.addAll(along(technique, parameter)));
        return thetas.stream().distinct().toList();
    }

    /**
     * The points that differ from {@link #start} in one parameter, and in what becomes active or inactive with it; without
     * those that the space does not allow.
     */
    static List<ParameterValues> along(Technique technique, Parameter parameter) {
        SearchSpace space = technique.searchSpace();
        ParameterValues start = start(technique, parameter);
        return values(parameter)
                .map(value -> space.completed(start.with(parameter.name(), value)))
                .filter(theta -> space.problems(theta).isEmpty())
                .distinct()
                .toList();
    }

    /** The defaults; where the parameter is inactive there, with its ancestors changed so that it is active. */
    static ParameterValues start(Technique technique, Parameter parameter) {
        SearchSpace space = technique.searchSpace();
        return activated(space, space.completed(technique.defaults()), parameter.name());
    }

    private static ParameterValues activated(SearchSpace space, ParameterValues theta, String parameter) {
        ParameterValues active = theta;
        for (Condition condition : space.conditions()) {
            if (condition.parameter().equals(parameter) && !space.isActive(parameter, active)) {
                active = activated(space, active, condition.parent());
                Object value = active.values().get(condition.parent());
                active = condition.values().contains(value)
                        ? active
                        : space.completed(active.with(
                                condition.parent(), condition.values().get(0)));
            }
        }
        return active;
    }

    private static Stream<?> values(Parameter parameter) {
        if (parameter instanceof Real real) {
            return Stream.of(real.low(), middle(real.low(), real.high(), real.log()), real.high());
        }
        if (parameter instanceof Whole whole) {
            long middle = Math.round(middle(whole.low(), whole.high(), whole.log()));
            return Stream.of(whole.low(), middle, whole.high());
        }
        if (parameter instanceof Categorical categorical) {
            return categorical.levels().stream();
        }
        return Stream.of(false, true);
    }

    private static double middle(double low, double high, boolean log) {
        return log ? Math.sqrt(low * high) : (low + high) / 2;
    }
}
