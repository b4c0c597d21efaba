package dev.smt.jobs.profile;

import dev.smt.jobs.config.ConfigProblems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes the columns of a profile for what they most likely are; what the user said wins. */
public final class ColumnGuesses {
    private static final int MANY_PEOPLE = 50;

    private final DataProfile data;
    private final Hints hints;
    private final ConfigProblems problems = new ConfigProblems();

    private ColumnGuesses(DataProfile data, Hints hints) {
        this.data = data;
        this.hints = hints;
    }

    /**
     * The guesses.
     *
     * @throws dev.smt.jobs.config.InvalidInputException where no time or no label can be found, or a hint doesn't fit
     */
    public static Guesses of(DataProfile data, Hints hints) {
        return new ColumnGuesses(data, hints).guesses();
    }

    private Guesses guesses() {
        Optional<ColumnGuess> time = time();
        List<LabelGuess> labels = labels(time);
        Optional<ColumnProfile> unit = hints.unit().flatMap(name -> column("--unit", name));
        List<ColumnProfile> split = hints.split().stream()
                .flatMap(name -> column("--split", name).stream())
                .toList();
        problems.throwIfAny();
        List<ColumnProfile> rest = data.columns().stream()
                .filter(column -> !column.equals(time.orElseThrow().column())
                        && labels.stream().noneMatch(label -> label.column().equals(column)))
                .toList();
        unit = unit.or(() -> unit(rest));
        Set<ColumnProfile> outcomes = rest.stream()
                .filter(column -> labels.stream().anyMatch(label -> label.fills(column)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        FleetSplit fleet = split.isEmpty()
                ? FleetSplit.of(data, without(rest, outcomes, unit), labels)
                : FleetSplit.given(data, split, labels);
        Roles roles = new Roles(time.orElseThrow(), labels, unit, outcomes, fleet);
        return new Guesses(
                data, data.columns().stream().map(roles::of).toList(), unit, fleet.models(), others(rest, outcomes));
    }

    /** What was found, by which every column gets its role. */
    private final class Roles {
        private final ColumnGuess time;
        private final List<LabelGuess> labels;
        private final Optional<ColumnProfile> unit;
        private final Set<ColumnProfile> outcomes;
        private final FleetSplit fleet;

        Roles(
                ColumnGuess time,
                List<LabelGuess> labels,
                Optional<ColumnProfile> unit,
                Set<ColumnProfile> outcomes,
                FleetSplit fleet) {
            this.time = time;
            this.labels = labels;
            this.unit = unit;
            this.outcomes = outcomes;
            this.fleet = fleet;
        }

        ColumnGuess of(ColumnProfile column) {
            if (column.equals(time.column())) {
                return time;
            } else if (outcomes.contains(column)) {
                return ColumnGuess.of(column, Role.OUTCOME, "has values hardly anywhere but where a label is 1");
            } else if (fleet.columns().contains(column)) {
                return ColumnGuess.of(
                        column, Role.SPLIT, column.values().size() + " values; the name of a surface or segment");
            }
            return labels.stream()
                    .filter(label -> label.column().equals(column))
                    .findFirst()
                    .map(label -> label.guess("an outcome by its name"))
                    .orElseGet(() -> feature(column));
        }

        private ColumnGuess feature(ColumnProfile column) {
            ColumnGuess guess = new FeatureGuess(data.sampled()).of(column);
            boolean isUnit = unit.filter(column::equals).isPresent();
            return isUnit
                    ? new ColumnGuess(column, guess.role(), guess.sql(), guess.settings(), guess.why() + "; the unit")
                    : guess;
        }
    }

    private Optional<ColumnGuess> time() {
        if (hints.time().isPresent()) {
            Optional<ColumnProfile> named = column("--time", hints.time().orElseThrow());
            Optional<ColumnGuess> time = named.flatMap(TimeGuess::of);
            named.filter(column -> time.isEmpty())
                    .ifPresent(column -> problems.add(
                            "--time",
                            column.name(),
                            "a column of timestamps, dates, seconds, milliseconds or microseconds since 1970, or"
                                    + " yyyyMMdd; this one is " + column.type()));
            return time;
        }
        Optional<ColumnGuess> time = TimeGuess.best(data.columns());
        if (time.isEmpty()) {
            problems.add(
                    "no column looks like the time of a row, which tells training rows from later ones; name it with"
                            + " --time COLUMN. There are: " + all());
        }
        return time;
    }

    private List<LabelGuess> labels(Optional<ColumnGuess> time) {
        List<LabelGuess> candidates = data.columns().stream()
                .filter(column -> time.isEmpty() || !time.get().column().equals(column))
                .flatMap(column -> LabelGuess.of(column).stream())
                .toList();
        if (!hints.labels().isEmpty()) {
            return named(candidates);
        }
        List<LabelGuess> byName = LabelGuess.named(candidates);
        List<LabelGuess> found = byName.isEmpty() && candidates.size() == 1 ? candidates : byName;
        if (found.isEmpty()) {
            problems.add(
                    "no column looks like a label, which is 0 or 1 by what the user did; name one or more with --label"
                            + " COLUMN. Columns of two such values: "
                            + (candidates.isEmpty() ? "none" : shown(candidates))
                            + ". There are: " + all());
            return found;
        }
        List<LabelGuess> enough = found.stream().filter(this::isEnough).toList();
        if (enough.isEmpty()) {
            problems.add("no label has " + FleetSplit.MIN_OF_A_CLASS
                    + " rows of each class, with which a model can be judged: " + shown(found) + " of " + data.rows()
                    + " rows; give more rows, or name another one with --label");
        }
        return enough;
    }

    private List<LabelGuess> named(List<LabelGuess> candidates) {
        List<LabelGuess> labels = new ArrayList<>();
        for (String name : hints.labels()) {
            Optional<ColumnProfile> named = column("--label", name);
            Optional<LabelGuess> label = named.flatMap(column -> candidates.stream()
                    .filter(candidate -> candidate.column().equals(column))
                    .findFirst());
            label.ifPresent(labels::add);
            named.filter(column -> label.isEmpty())
                    .ifPresent(column -> problems.add(
                            "--label",
                            column.name(),
                            "a column of 0 and 1, true and false, or yes and no, with both values in the rows that were"
                                    + " looked at; this one is " + column.type() + " with about " + column.distinct()
                                    + " values. Columns of two such values: " + shown(candidates)));
        }
        return labels;
    }

    private Optional<ColumnProfile> unit(List<ColumnProfile> columns) {
        return columns.stream()
                .filter(column -> column.kind() == ColumnKind.TEXT || column.kind() == ColumnKind.WHOLE)
                .filter(column ->
                        column.distinct() > MANY_PEOPLE && column.elements().isEmpty())
                .filter(column -> {
                    NameWords words = NameWords.of(column.name());
                    return words.hint(NameWords.PEOPLE) && !words.hint(NameWords.MEASURES);
                })
                .max(Comparator.comparing((ColumnProfile column) ->
                                !NameWords.of(column.name()).hint(NameWords.VISITS))
                        .thenComparingLong(ColumnProfile::distinct));
    }

    private static List<ColumnProfile> without(
            List<ColumnProfile> columns, Set<ColumnProfile> outcomes, Optional<ColumnProfile> unit) {
        return columns.stream()
                .filter(column -> !outcomes.contains(column)
                        && unit.filter(column::equals).isEmpty())
                .toList();
    }

    private static List<ColumnProfile> others(List<ColumnProfile> columns, Set<ColumnProfile> outcomes) {
        return columns.stream()
                .filter(column ->
                        !outcomes.contains(column) && LabelGuess.of(column).isPresent())
                .toList();
    }

    private boolean isEnough(LabelGuess label) {
        return data.rows() * Math.min(label.rate(), 1 - label.rate()) >= FleetSplit.MIN_OF_A_CLASS;
    }

    private Optional<ColumnProfile> column(String option, String name) {
        Optional<ColumnProfile> found = data.columns().stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst();
        if (found.isEmpty()) {
            problems.add(option, name, "a column: " + all());
        }
        return found;
    }

    private String all() {
        return data.columns().stream().map(ColumnProfile::name).collect(Collectors.joining(", "));
    }

    private static String shown(List<LabelGuess> labels) {
        return labels.stream()
                .map(label ->
                        label.column().name() + String.format(Locale.ROOT, " (%.3g %% are 1)", 100 * label.rate()))
                .collect(Collectors.joining(", "));
    }
}
