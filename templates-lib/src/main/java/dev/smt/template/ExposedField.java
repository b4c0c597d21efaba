package dev.smt.template;

import dev.smt.search.Parameter;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A field that a template leaves to its models, and the values that they may give it (paper, section 3.2.2).
 *
 * @param path of the field, such as {@code training.dense-learning-rate}
 * @param allowed the values
 */
public record ExposedField(String path, Allowed allowed) implements Serializable {

    /** The values that a model may give an exposed field. */
    public sealed interface Allowed extends Serializable {
        /** Whatever the field itself allows. */
        record Any() implements Allowed {}

        /**
         * Numbers from low to high, both allowed.
         *
         * @param low finite; above 0 on a logarithmic scale
         * @param high finite; at least low
         * @param log searched on a logarithmic scale
         * @param whole whole numbers only
         */
        record Between(double low, double high, boolean log, boolean whole) implements Allowed {
            public Between {
                if (!Double.isFinite(low) || !Double.isFinite(high) || low > high) {
                    throw new IllegalArgumentException(
                            "bounds are " + low + " to " + high + "; allowed: finite, low at most high");
                }
                if (log && low <= 0) {
                    throw new IllegalArgumentException("low is " + low + " on a logarithmic scale; allowed: above 0");
                }
                if (whole && (low != Math.rint(low) || high != Math.rint(high))) {
                    throw new IllegalArgumentException(
                            "bounds are " + low + " to " + high + " of whole numbers; allowed: whole numbers");
                }
            }
        }

        /**
         * Some values.
         *
         * @param levels texts, truth values and numbers (Long or Double), in the order they are shown
         */
        record OneOf(List<Object> levels) implements Allowed {
            public OneOf {
                levels = List.copyOf(levels);
                boolean scalars = levels.stream()
                        .allMatch(level -> level instanceof String
                                || level instanceof Boolean
                                || level instanceof Long
                                || level instanceof Double);
                if (levels.isEmpty()
                        || !scalars
                        || levels.stream().map(String::valueOf).distinct().count() < levels.size()) {
                    throw new IllegalArgumentException("levels are " + levels
                            + "; allowed: at least one, none twice, each a text, a number, true or false");
                }
            }
        }
    }

    public ExposedField {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(allowed, "allowed");
    }

    /** A field whose values are bounded by nothing but the field itself. */
    public static ExposedField open(String path) {
        return new ExposedField(path, new Allowed.Any());
    }

    /** Whether a model may give the field this value: a Double, Long, String or Boolean. */
    public boolean admits(Object value) {
        if (allowed instanceof Allowed.Between range) {
            return value instanceof Number number
                    && number.doubleValue() >= range.low()
                    && number.doubleValue() <= range.high()
                    && (!range.whole() || number.doubleValue() == Math.rint(number.doubleValue()));
        }
        return !(allowed instanceof Allowed.OneOf some)
                || some.levels().stream().anyMatch(level -> same(level, value));
    }

    /** The allowed values, in words. */
    public String allowedText() {
        if (allowed instanceof Allowed.Between range) {
            return "a " + (range.whole() ? "whole " : "") + "number from " + CanonicalJson.number(range.low()) + " to "
                    + CanonicalJson.number(range.high());
        }
        return allowed instanceof Allowed.OneOf some
                ? "one of " + String.join(", ", texts(some))
                : "what the field allows";
    }

    /** {@link #allowedText}, and how it is searched. */
    public String searchedText() {
        boolean log = allowed instanceof Allowed.Between range && range.log();
        return allowedText() + (log ? ", on a logarithmic scale" : "");
    }

    /** The field as a parameter to search, named by its path; empty where it has no bounds. */
    public Optional<Parameter> parameter() {
        if (allowed instanceof Allowed.Between range) {
            return Optional.of(
                    range.whole()
                            ? new Parameter.Whole(path, (long) range.low(), (long) range.high(), range.log())
                            : new Parameter.Real(path, range.low(), range.high(), range.log()));
        }
        return allowed instanceof Allowed.OneOf some
                ? Optional.of(new Parameter.Categorical(path, texts(some)))
                : Optional.empty();
    }

    /** The value of its {@link #parameter} for the field's value; empty where the field does not admit it. */
    Optional<Object> parameterValue(Object fieldValue) {
        if (!admits(fieldValue)) {
            return Optional.empty();
        }
        if (allowed instanceof Allowed.Between range) {
            Number number = (Number) fieldValue;
            return Optional.of(range.whole() ? (Object) number.longValue() : (Object) number.doubleValue());
        }
        return allowed instanceof Allowed.OneOf some
                ? some.levels().stream()
                        .filter(level -> same(level, fieldValue))
                        .findFirst()
                        .map(String::valueOf)
                : Optional.of(fieldValue);
    }

    /** The field's value for a value of its {@link #parameter}. */
    Object fieldValue(Object parameterValue) {
        return allowed instanceof Allowed.OneOf some
                ? some.levels().stream()
                        .filter(level -> String.valueOf(level).equals(parameterValue))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "field " + path + " is " + parameterValue + "; allowed: " + allowedText()))
                : parameterValue;
    }

    private static List<String> texts(Allowed.OneOf some) {
        return some.levels().stream().map(String::valueOf).toList();
    }

    private static boolean same(Object level, Object value) {
        return level instanceof Number one && value instanceof Number other
                ? one.doubleValue() == other.doubleValue()
                : level.equals(value);
    }

    @Override
    public String toString() {
        return allowed instanceof Allowed.Any ? path : path + " (" + allowedText() + ")";
    }
}
