package dev.smt.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The parameters of a space with parents before the parameters that depend on them, else in the space's order. */
final class ParameterOrder {
    private ParameterOrder() {}

    /** All parameters, parents first. */
    static List<Parameter> parentsFirst(SearchSpace space) {
        return space.conditions().isEmpty() ? space.parameters() : sorted(space.parameters(), space.conditions());
    }

    /** Parents first; without those that wait for themselves: on a cycle, or below one. */
    static List<Parameter> sorted(List<Parameter> parameters, List<Condition> conditions) {
        List<Parameter> sorted = new ArrayList<>();
        Set<String> placed = new HashSet<>();
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Parameter parameter : parameters) {
                if (!placed.contains(parameter.name()) && parents(parameter, conditions, placed)) {
                    placed.add(parameter.name());
                    grown = sorted.add(parameter);
                    break;
                }
            }
        }
        return sorted;
    }

    private static boolean parents(Parameter parameter, List<Condition> conditions, Set<String> placed) {
        return conditions.stream()
                .filter(condition -> condition.parameter().equals(parameter.name()))
                .allMatch(condition -> placed.contains(condition.parent()));
    }
}
