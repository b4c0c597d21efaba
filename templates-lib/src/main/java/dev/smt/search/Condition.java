package dev.smt.search;

import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;

/**
 * Makes a parameter conditional: it is active only where its parent is active and has one of some values. A parameter with
 * several conditions is active where all of them hold; the values of one condition are alternatives.
 *
 * @param parameter the name of the conditional parameter
 * @param parent the name of a flag, a categorical or a whole parameter
 * @param values of the parent: Boolean, String or Long; at least one, none twice
 */
public record Condition(String parameter, String parent, List<Object> values) implements Serializable {
    public Condition {
        Objects.requireNonNull(parameter, "parameter");
        Objects.requireNonNull(parent, "parent");
        values = List.copyOf(values);
        if (values.isEmpty() || new LinkedHashSet<>(values).size() < values.size()) {
            throw new IllegalArgumentException("parameter " + parameter + " is active where " + parent + " is one of "
                    + values + "; allowed: at least one value, none twice");
        }
    }

    public static Condition of(String parameter, String parent, Object... values) {
        return new Condition(parameter, parent, List.of(values));
    }

    /** Whether the parent's value is one of these; not where it has none. */
    boolean admits(Object value) {
        return value != null && values.contains(value);
    }

    /** The condition in words. */
    @Override
    public String toString() {
        return parameter + " is active only where " + parent + " is "
                + (values.size() == 1 ? values.get(0) : "one of " + values);
    }
}
