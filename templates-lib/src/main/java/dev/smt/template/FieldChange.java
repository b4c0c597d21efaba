package dev.smt.template;

import java.util.Objects;

/**
 * One field in which two templates differ.
 *
 * @param path of the field in the template's JSON, such as {@code training.dense-learning-rate}
 * @param from its value before, as JSON text, or {@value #ABSENT}
 * @param to its value after, as JSON text, or {@value #ABSENT}
 */
public record FieldChange(String path, String from, String to) {
    /** Stands for a field that is not there; no JSON text reads so. */
    public static final String ABSENT = "absent";

    public FieldChange {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
    }

    @Override
    public String toString() {
        return path + ": " + from + " -> " + to;
    }
}
