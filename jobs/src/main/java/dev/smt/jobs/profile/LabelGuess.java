package dev.smt.jobs.profile;

import dev.smt.jobs.profile.ColumnProfile.ValueCount;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A column of two values as a label.
 *
 * @param column what was seen
 * @param sql 0 or 1, or a condition
 * @param positive the value that counts as 1, as text
 * @param rate share of 1 among the rows with a value
 */
record LabelGuess(ColumnProfile column, String sql, String positive, double rate) {
    private static final List<Set<String>> PAIRS = List.of(
            Set.of("1", "0"),
            Set.of("1.0", "0.0"),
            Set.of("true", "false"),
            Set.of("t", "f"),
            Set.of("yes", "no"),
            Set.of("y", "n"));
    private static final Set<String> POSITIVE = Set.of("1", "1.0", "true", "t", "yes", "y");

    /** The column as a label; empty where it has not the values of one. */
    static Optional<LabelGuess> of(ColumnProfile column) {
        if (column.values().size() != 2) {
            return Optional.empty();
        }
        Set<String> values = Set.of(
                column.values().get(0).value().toLowerCase(Locale.ROOT),
                column.values().get(1).value().toLowerCase(Locale.ROOT));
        if (!PAIRS.contains(values)) {
            return Optional.empty();
        }
        ValueCount positive = column.values().stream()
                .filter(value -> POSITIVE.contains(value.value().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow();
        long rows = column.values().stream().mapToLong(ValueCount::rows).sum();
        String sql = column.kind() == ColumnKind.TEXT ? column.sql() + " = '" + positive.value() + "'" : column.sql();
        return Optional.of(new LabelGuess(column, sql, positive.value(), (double) positive.rows() / rows));
    }

    /** Those whose name says so, the most frequent first. */
    static List<LabelGuess> named(List<LabelGuess> candidates) {
        return candidates.stream()
                .filter(label -> NameWords.of(label.column().name()).are(NameWords.OUTCOMES))
                .sorted(Comparator.comparingDouble(LabelGuess::rate).reversed())
                .toList();
    }

    /** Whether {@code other} has values hardly anywhere but in this label's positive rows: then it is known only after it. */
    boolean fills(ColumnProfile other) {
        return other.fillings().stream()
                .filter(filling -> filling.by().equals(column.name()))
                .anyMatch(filling -> {
                    double with = filling.share().getOrDefault(positive, 0.0);
                    double without = filling.share().entrySet().stream()
                            .filter(entry -> !entry.getKey().equals(positive))
                            .mapToDouble(Map.Entry::getValue)
                            .max()
                            .orElse(0);
                    return with >= 0.2 && without <= 0.01;
                });
    }

    ColumnGuess guess(String why) {
        return ColumnGuess.read(
                column, Role.LABEL, sql, String.format(Locale.ROOT, "%s; %.3g %% of the rows", why, 100 * rate));
    }
}
