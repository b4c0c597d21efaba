package dev.smt.search;

import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;

/** One hyperparameter of a search space: its name and the values it may take. */
public sealed interface Parameter extends Serializable {
    /** The name, unique in its space; a technique's parameters are named {@code technique.parameter}. */
    String name();

    /** Whether a value is one of the parameter's. */
    boolean contains(Object value);

    /** The allowed values in words, for messages. */
    String allowed();

    /** A real number in [low, high], searched on a logarithmic scale where {@code log}. */
    record Real(String name, double low, double high, boolean log) implements Parameter {
        public Real {
            requireRange(name, low, high, log);
        }

        @Override
        public boolean contains(Object value) {
            return value instanceof Double number && number >= low && number <= high;
        }

        @Override
        public String allowed() {
            return "a number from " + low + " to " + high;
        }
    }

    /** A whole number in [low, high], searched on a logarithmic scale where {@code log}. */
    record Whole(String name, long low, long high, boolean log) implements Parameter {
        public Whole {
            requireRange(name, low, high, log);
        }

        @Override
        public boolean contains(Object value) {
            return value instanceof Long number && number >= low && number <= high;
        }

        @Override
        public String allowed() {
            return "a whole number from " + low + " to " + high;
        }
    }

    /** One of several unordered levels. */
    record Categorical(String name, List<String> levels) implements Parameter {
        public Categorical {
            levels = List.copyOf(levels);
            if (levels.isEmpty() || new LinkedHashSet<>(levels).size() != levels.size()) {
                throw new IllegalArgumentException(
                        "parameter " + name + " has the levels " + levels + "; allowed: at least one, none twice");
            }
        }

        @Override
        public boolean contains(Object value) {
            return levels.contains(value);
        }

        @Override
        public String allowed() {
            return String.join(", ", levels);
        }
    }

    /** True or false. */
    record Flag(String name) implements Parameter {
        @Override
        public boolean contains(Object value) {
            return value instanceof Boolean;
        }

        @Override
        public String allowed() {
            return "true or false";
        }
    }

    private static void requireRange(String name, double low, double high, boolean log) {
        if (!Double.isFinite(low) || !Double.isFinite(high) || low > high) {
            throw new IllegalArgumentException(
                    "parameter " + name + " has the range [" + low + ", " + high + "]; allowed: finite, low <= high");
        }
        if (log && low <= 0) {
            throw new IllegalArgumentException(
                    "parameter " + name + " is on a log scale with low = " + low + "; allowed: low above 0");
        }
    }
}
