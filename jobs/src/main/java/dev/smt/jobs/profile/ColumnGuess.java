package dev.smt.jobs.profile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a column is taken for.
 *
 * @param column what was seen
 * @param role its role
 * @param sql how the configuration reads it
 * @param settings of a feature, beside type and side
 * @param why in words
 */
public record ColumnGuess(ColumnProfile column, Role role, String sql, Map<String, String> settings, String why) {
    public ColumnGuess {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    static ColumnGuess of(ColumnProfile column, Role role, String why) {
        return new ColumnGuess(column, role, column.sql(), Map.of(), why);
    }

    static ColumnGuess read(ColumnProfile column, Role role, String sql, String why) {
        return new ColumnGuess(column, role, sql, Map.of(), why);
    }

    /** The side of a feature: of the user, of the item, or of the moment. */
    String side() {
        NameWords words = NameWords.of(column.name());
        if (words.hint(NameWords.PEOPLE) || words.hint(NameWords.OF_PEOPLE)) {
            return words.hint(NameWords.VISITS) ? "context" : "user";
        }
        return words.hint(NameWords.ITEMS) ? "item" : "context";
    }
}
