package dev.smt.jobs.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Rows of a command's own, printed by {@link RowFormat} without Spark.
 *
 * @param columns names
 * @param rows cells in the order of the columns: texts, numbers, truth values, lists, or an empty {@link Optional}
 */
record TextRows(List<String> columns, List<List<Object>> rows) {
    TextRows {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<Object> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(row.size() + " cells for " + columns.size() + " columns");
            }
        }
    }

    static Builder of(String... columns) {
        return new Builder(List.of(columns));
    }

    /** Takes row after row. */
    static final class Builder {
        private final List<String> columns;
        private final List<List<Object>> rows = new ArrayList<>();

        private Builder(List<String> columns) {
            this.columns = columns;
        }

        Builder add(Object... cells) {
            rows.add(List.of(cells));
            return this;
        }

        TextRows rows() {
            return new TextRows(columns, Collections.unmodifiableList(rows));
        }
    }
}
