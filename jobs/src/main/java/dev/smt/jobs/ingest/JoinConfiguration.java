package dev.smt.jobs.ingest;

import dev.smt.jobs.config.ConfigSection;
import java.util.List;

/**
 * A side table, left-joined to the logs: at most one row per key, so that the number of log rows stays.
 *
 * @param key where the configuration names it, for messages
 * @param source the table
 * @param on key columns, the same names on both sides
 * @param columns the only columns taken; empty: all but {@code excludedColumns}
 * @param excludedColumns columns left out
 */
public record JoinConfiguration(
        String key, SourceConfiguration source, List<String> on, List<String> columns, List<String> excludedColumns) {
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
                section.strings("exclude-columns", List.of()));
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
