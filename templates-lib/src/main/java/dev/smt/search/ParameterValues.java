package dev.smt.search;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A point theta of a search space: a value per parameter name, immutable, in the space's order.
 *
 * @param values each a Double (real), Long (whole), String (categorical) or Boolean (flag)
 */
public record ParameterValues(Map<String, Object> values) implements Serializable {
    public ParameterValues {
        LinkedHashMap<String, Object> copy = new LinkedHashMap<>(values);
        copy.forEach((name, value) -> {
            if (!(value instanceof Double
                    || value instanceof Long
                    || value instanceof String
                    || value instanceof Boolean)) {
                throw new IllegalArgumentException("parameter " + name + " has the value " + value
                        + "; allowed: a Double, Long, String or Boolean");
            }
        });
        values = Collections.unmodifiableMap(copy);
    }

    public static ParameterValues empty() {
        return new ParameterValues(Map.of());
    }

    /** The value of a real parameter. */
    public double real(String name) {
        return typed(name, Double.class);
    }

    /** The value of a whole parameter. */
    public long whole(String name) {
        return typed(name, Long.class);
    }

    /** The level of a categorical parameter. */
    public String level(String name) {
        return typed(name, String.class);
    }

    /** The value of a flag. */
    public boolean flag(String name) {
        return typed(name, Boolean.class);
    }

    /** A copy with one value set. */
    public ParameterValues with(String name, Object value) {
        LinkedHashMap<String, Object> copy = new LinkedHashMap<>(values);
        copy.put(name, value);
        return new ParameterValues(copy);
    }

    private <T> T typed(String name, Class<T> type) {
        Object value = values.get(name);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(
                    "parameter " + name + " is " + value + " in " + values + "; expected a " + type.getSimpleName());
        }
        return type.cast(value);
    }
}
