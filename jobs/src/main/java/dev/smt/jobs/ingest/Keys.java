package dev.smt.jobs.ingest;

import dev.smt.jobs.config.ConfigSection;
import java.util.List;
import java.util.Map;

/** Readings that several configuration records of this package share. */
final class Keys {
    private Keys() {}

    /** A text out of a fixed set; the first of the set stands in where it is missing, and the problem is noted. */
    static String requiredChoice(ConfigSection section, String key, List<String> allowed) {
        if (!section.has(key)) {
            section.problems().add(section.fullKey(key) + " is missing; allowed: " + String.join(", ", allowed));
        }
        return section.choice(key, allowed, allowed.get(0));
    }

    /** Notes every blank text of a named list. */
    static Map<String, String> expressions(ConfigSection section, String key) {
        Map<String, String> expressions = section.namedStrings(key);
        expressions.forEach((name, sql) -> {
            if (sql.isBlank()) {
                section.problems().add(section.fullKey(key) + "." + name, sql, "a SQL expression");
            }
        });
        return expressions;
    }

    /** A column's name as SQL. */
    static String quoted(String column) {
        return "`" + column.replace("`", "``") + "`";
    }
}
