package dev.smt.jobs.profile;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the columns of the data are taken for.
 *
 * @param data what was seen
 * @param columns a guess for each column, in their order
 * @param unit what stays together when errors are estimated; empty: nothing looks like it
 * @param models of the fleet, about
 * @param otherLabels 0/1 columns that were not taken for labels
 */
public record Guesses(
        DataProfile data,
        List<ColumnGuess> columns,
        Optional<ColumnProfile> unit,
        int models,
        List<ColumnProfile> otherLabels) {
    public Guesses {
        columns = List.copyOf(columns);
        otherLabels = List.copyOf(otherLabels);
    }

    /** The columns of a role. */
    public List<ColumnGuess> of(Role role) {
        return columns.stream().filter(guess -> guess.role() == role).toList();
    }

    ColumnGuess time() {
        return of(Role.TIME).get(0);
    }

    List<ColumnGuess> features() {
        return columns.stream().filter(guess -> guess.role().isFeature()).toList();
    }

    /** What only the user can know, each in a sentence. */
    public List<String> checks() {
        return Stream.of(leaks(), labels(), unitMissing(), fleet())
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<String> leaks() {
        List<String> outcomes = names(of(Role.OUTCOME));
        return Optional.of("features: was each known before the row was served? One that was not goes into"
                + " known-after-serving, and out of features"
                + (outcomes.isEmpty() ? "" : "; found by its values: " + String.join(", ", outcomes)));
    }

    private Optional<String> labels() {
        String taken = "labels: " + String.join(", ", names(of(Role.LABEL)));
        if (otherLabels.isEmpty()) {
            return Optional.of(taken);
        }
        return Optional.of(taken + "; other columns of 0 and 1 are features now: "
                + String.join(
                        ", ", otherLabels.stream().map(ColumnProfile::name).toList()));
    }

    private Optional<String> unitMissing() {
        return unit.isPresent()
                ? Optional.empty()
                : Optional.of(
                        "unit: no column looks like a user, so rows of the same time count as one; name the user's"
                                + " column, or the errors of the gains are too small where users come back");
    }

    private Optional<String> fleet() {
        List<String> by = names(of(Role.SPLIT));
        String how = by.isEmpty()
                ? "one model per label over all rows"
                : "one model per label and value of " + String.join(", ", by);
        return Optional.of("fleet: " + how + ", about " + models
                + " models; stage, hardware and flops are the same for all, until you say what they are"
                + (models < 4 ? "; that is few: techniques are judged by how many models they help" : ""));
    }

    private static List<String> names(List<ColumnGuess> guesses) {
        return guesses.stream().map(guess -> guess.column().name()).toList();
    }
}
