package dev.smt.jobs.ingest;

import dev.smt.jobs.config.ConfigSection;
import java.util.List;

/**
 * A side table, left-joined to the logs, so that the number of log rows stays: it has at most one row per key, or says
 * when each of its rows was known.
 *
 * @param key where the configuration names it, for messages
 * @param source the table
 * @param on key columns, the same names on both sides
 * @param columns the only columns taken; empty: all but {@code excludedColumns}
 * @param excludedColumns columns left out
 * @param asOf the column with the time from which a row was known: a log row gets the latest that was known when it
 *     happened; empty: one row per key, known at all times
 */
public record JoinConfiguration(
        String key,
        SourceConfiguration source,
        List<String> on,
        List<String> columns,
        List<String> excludedColumns,
        String asOf) {
    public JoinConfiguration {
        on = List.copyOf(on);
        columns = List.copyOf(columns);
        excludedColumns = List.copyOf(excludedColumns);
    }

    /** Reads one element of {@code input.joins}. */
    public static JoinConfiguration read(ConfigSection section) {
        JoinConfiguration join = new JoinConfiguration(
                section.fullKey("on"),
                SourceConfiguration.read(section),
                section.strings("on"),
                section.strings("columns", List.of()),
                section.strings("exclude-columns", List.of()),
                section.string("as-of", ""));
        if (section.has("on") && join.on.isEmpty()) {
            section.problems().add(join.key, "[]", "at least one key column");
        }
        if (!join.columns.isEmpty() && !join.excludedColumns.isEmpty()) {
            section.problems()
                    .add(section.fullKey("columns") + " and " + section.fullKey("exclude-columns")
                            + " are both there; allowed: one of them");
        }
        return join;
    }
}
