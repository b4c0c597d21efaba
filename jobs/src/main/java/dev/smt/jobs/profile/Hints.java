package dev.smt.jobs.profile;

import java.util.List;
import java.util.Optional;

/**
 * What the user said of his columns, by name; the rest is guessed.
 *
 * @param time of the rows
 * @param labels 0/1 columns; none: guessed
 * @param unit what stays together
 * @param split columns that split the fleet; none: guessed
 */
public record Hints(Optional<String> time, List<String> labels, Optional<String> unit, List<String> split) {
    /** Nothing was said. */
    public static final Hints NONE = new Hints(Optional.empty(), List.of(), Optional.empty(), List.of());

    public Hints {
        labels = List.copyOf(labels);
        split = List.copyOf(split);
    }
}
