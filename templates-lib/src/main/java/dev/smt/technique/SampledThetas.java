package dev.smt.technique;

import dev.smt.search.Parameter;
import dev.smt.search.Parameter.Categorical;
import dev.smt.search.Parameter.Real;
import dev.smt.search.Parameter.Whole;
import dev.smt.search.ParameterValues;
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

    /** The points that differ from the defaults in one parameter at most. */
    static List<ParameterValues> along(Technique technique, Parameter parameter) {
        return values(parameter)
                .map(value -> technique.defaults().with(parameter.name(), value))
                .toList();
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
