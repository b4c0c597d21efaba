package dev.smt.search;

import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;

/** One hyperparameter of a search space: its name and the values it may take. */
public sealed interface Parameter extends Serializable {
    /** The name, unique in its space; a technique's parameters are named {@code technique.parameter}. */
    String name();

    /** Whether a value is of the right type and among the allowed ones. */
    boolean admits(Object value);

    /** The allowed values, in words. */
    String allowed();

    /** A value in the middle: of the range on its scale; the first level; false. */
    Object middle();

    /** The number of allowed values; empty where they are a continuum, or more than a long can count. */
    OptionalLong size();

    /** A real number in [low, high], searched on a logarithmic scale where {@code log}. */
    record Real(String name, double low, double high, boolean log) implements Parameter {
        public Real {
            requireRange(name, low, high, log);
        }

        @Override
        public boolean admits(Object value) {
            return value instanceof Double number && number >= low && number <= high;
        }

        @Override
        public String allowed() {
            return "a real number in [" + low + ", " + high + "]";
        }

        @Override
        public Object middle() {
            Scale scale = Scale.of(this);
            return low == high ? low : scale.rounded(scale.from(0.5));
        }

        @Override
        public OptionalLong size() {
            return low == high ? OptionalLong.of(1) : OptionalLong.empty();
        }
    }

    /** A whole number in [low, high], searched on a logarithmic scale where {@code log}. */
    record Whole(String name, long low, long high, boolean log) implements Parameter {
        public Whole {
            requireRange(name, low, high, log);
        }

        @Override
        public boolean admits(Object value) {
            return value instanceof Long number && number >= low && number <= high;
        }

        @Override
        public String allowed() {
            return "a whole number in [" + low + ", " + high + "]";
        }

        @Override
        public Object middle() {
            return low == high
                    ? low
                    : Math.max(low, Math.min(high, Math.round(Scale.of(this).from(0.5))));
        }

        @Override
        public OptionalLong size() {
            long gap = high - low;
            return gap < 0 || gap == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(gap + 1);
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
        public boolean admits(Object value) {
            return value instanceof String level && levels.contains(level);
        }

        @Override
        public String allowed() {
            return "one of " + levels;
        }

        @Override
        public Object middle() {
            return levels.get(0);
        }

        @Override
        public OptionalLong size() {
            return OptionalLong.of(levels.size());
        }
    }

    /** True or false. */
    record Flag(String name) implements Parameter {
        @Override
        public boolean admits(Object value) {
            return value instanceof Boolean;
        }

        @Override
        public String allowed() {
            return "true or false";
        }

        @Override
        public Object middle() {
            return false;
        }

        @Override
        public OptionalLong size() {
            return OptionalLong.of(2);
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
