package dev.smt.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** When conditional parameters are active: at a point, ever, always. The conditions have no cycle. */
final class Activity {
    private final List<Condition> conditions;
    private final Map<String, Object> fixed;

    Activity(List<Condition> conditions, Map<String, Object> fixed) {
        this.conditions = conditions;
        this.fixed = fixed;
    }

    /** Whether a parameter is active where its ancestors have these values. */
    static boolean at(List<Condition> conditions, String parameter, Map<String, Object> values) {
        for (Condition condition : conditions) {
            if (condition.parameter().equals(parameter)
                    && !(condition.admits(values.get(condition.parent()))
                            && at(conditions, condition.parent(), values))) {
                return false;
            }
        }
        return true;
    }

    /** Whether some values of its ancestors, the fixed ones at theirs, make a parameter active. */
    boolean ever(String parameter) {
        Map<String, Set<Object>> possible = new LinkedHashMap<>();
        for (Condition condition : above(parameter)) {
            possible.computeIfAbsent(condition.parent(), parent -> new LinkedHashSet<>(condition.values()))
                    .retainAll(condition.values());
        }
        fixed.forEach((parent, value) ->
                possible.computeIfPresent(parent, (name, values) -> values.contains(value) ? Set.of(value) : Set.of()));
        return possible.values().stream().noneMatch(Set::isEmpty);
    }

    /** Whether fixed values alone make it active everywhere; true for a parameter without conditions. */
    boolean always(String parameter) {
        return above(parameter).stream().allMatch(condition -> condition.admits(fixed.get(condition.parent())));
    }

    /** The conditions of a parameter and of all its ancestors. */
    List<Condition> above(String parameter) {
        List<Condition> above = new ArrayList<>();
        for (Condition condition : conditions) {
            if (condition.parameter().equals(parameter)) {
                above.add(condition);
                above.addAll(above(condition.parent()));
            }
        }
        return above;
    }
}
