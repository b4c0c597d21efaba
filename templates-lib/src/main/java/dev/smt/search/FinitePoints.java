package dev.smt.search;

import dev.smt.search.Parameter.Categorical;
import dev.smt.search.Parameter.Flag;
import dev.smt.search.Parameter.Whole;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The distinct points of a finite space: their number and their list. */
final class FinitePoints {
    /** Combinations of the parameters in conditions and constraints that are tried, at most, to count points. */
    static final long TRIED = 1 << 16;

    private static final long LARGEST = 1L << 62;

    private final SearchSpace space;
    private final Constraints constraints;
    /** Parents first; those that are tried value by value. */
    private final List<Parameter> branching;
    /** The others: no condition or constraint hangs on their values. */
    private final List<Parameter> leaves;

    private FinitePoints(SearchSpace space, boolean all) {
        this.space = space;
        this.constraints = new Constraints(space);
        Set<String> decisive = new HashSet<>();
        space.conditions().forEach(condition -> decisive.add(condition.parent()));
        space.constraints()
                .forEach(constraint -> decisive.addAll(constraint.coefficients().keySet()));
        List<Parameter> order = ParameterOrder.parentsFirst(space);
        branching = order.stream()
                .filter(parameter -> all || decisive.contains(parameter.name()))
                .toList();
        leaves = order.stream()
                .filter(parameter -> !branching.contains(parameter))
                .toList();
    }

    static OptionalLong count(SearchSpace space) {
        Activity activity = new Activity(space.conditions(), space.fixed());
        FinitePoints points = new FinitePoints(space, false);
        long tried = 1;
        for (Parameter parameter : points.branching) {
            OptionalLong size = size(space, parameter);
            if (activity.ever(parameter.name())) {
                if (size.isEmpty() || size.getAsLong() > TRIED / tried) {
                    return OptionalLong.empty();
                }
                tried *= size.getAsLong();
            }
        }
        boolean countable = points.leaves.stream()
                .filter(parameter -> activity.ever(parameter.name()))
                .allMatch(parameter -> size(space, parameter).isPresent());
        return countable ? points.sum() : OptionalLong.empty();
    }

    /** All points, the last parameter changing fastest; parents count as before the parameters that hang on them. */
    static List<ParameterValues> list(SearchSpace space) {
        if (space.size().isEmpty()) {
            throw new IllegalArgumentException("a search space without a finite size has no list of points: " + space);
        }
        List<ParameterValues> points = new ArrayList<>();
        new FinitePoints(space, true).walk(0, new LinkedHashMap<>(), values -> points.add(space.ordered(values)));
        return points;
    }

    private OptionalLong sum() {
        long[] sum = {0};
        walk(0, new LinkedHashMap<>(), values -> sum[0] = plus(sum[0], leavesAt(values)));
        return sum[0] < 0 ? OptionalLong.empty() : OptionalLong.of(sum[0]);
    }

    /** The number of points at these values of the branching parameters; -1 where it is too large. */
    private long leavesAt(Map<String, Object> values) {
        long product = 1;
        for (Parameter leaf : leaves) {
            if (Activity.at(space.conditions(), leaf.name(), values)) {
                long choices = size(space, leaf).orElseThrow();
                if (choices > LARGEST / product) {
                    return -1;
                }
                product *= choices;
            }
        }
        return product;
    }

    private static long plus(long sum, long more) {
        return sum < 0 || more < 0 || sum > LARGEST - more ? -1 : sum + more;
    }

    private void walk(int at, Map<String, Object> values, Consumer<Map<String, Object>> found) {
        if (at == branching.size()) {
            if (constraints.hold(values)) {
                found.accept(values);
            }
            return;
        }
        Parameter parameter = branching.get(at);
        if (!Activity.at(space.conditions(), parameter.name(), values)) {
            walk(at + 1, values, found);
            return;
        }
        choices(space, parameter).forEach(choice -> {
            values.put(parameter.name(), choice);
            walk(at + 1, values, found);
        });
        values.remove(parameter.name());
    }

    private static OptionalLong size(SearchSpace space, Parameter parameter) {
        return space.fixed().containsKey(parameter.name()) ? OptionalLong.of(1) : parameter.size();
    }

    static List<Object> choices(SearchSpace space, Parameter parameter) {
        Object fixed = space.fixed().get(parameter.name());
        if (fixed != null) {
            return List.of(fixed);
        }
        if (parameter instanceof Categorical categorical) {
            return List.copyOf(categorical.levels());
        }
        if (parameter instanceof Flag) {
            return List.of(false, true);
        }
        return parameter instanceof Whole whole
                ? Stream.<Object>iterate(whole.low(), value -> (long) value + 1)
                        .limit(whole.size().orElseThrow())
                        .toList()
                : List.of(parameter.middle());
    }
}
