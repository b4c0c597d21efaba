package dev.smt.jobs.ingest;

import dev.smt.jobs.table.RowExpression;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.SparkThrowable;

/** Derived columns may read each other in any order; here they are put into one in which they can be computed. */
final class DerivedColumns {
    private DerivedColumns() {}

    /** The same columns, each after those that it reads; those that read each other in a circle come last. */
    static Map<String, String> inOrder(Map<String, String> derived) {
        Map<String, String> open = new LinkedHashMap<>(derived);
        Map<String, String> ordered = new LinkedHashMap<>();
        boolean found = true;
        while (found) {
            found = false;
            Set<String> waiting = lowerCase(open.keySet());
            for (Iterator<Map.Entry<String, String>> next = open.entrySet().iterator(); next.hasNext(); ) {
                Map.Entry<String, String> column = next.next();
                if (waiting.stream().noneMatch(columnsOf(column.getValue())::contains)) {
                    ordered.put(column.getKey(), column.getValue());
                    waiting.remove(column.getKey().toLowerCase(Locale.ROOT));
                    next.remove();
                    found = true;
                }
            }
        }
        ordered.putAll(open);
        return ordered;
    }

    /** What is no SQL reads nothing: its problem is noted where it is checked. */
    private static Set<String> columnsOf(String sql) {
        try {
            return RowExpression.columnsOf(sql);
        } catch (Exception notSql) {
            if (notSql instanceof SparkThrowable || notSql instanceof IllegalArgumentException) {
                return Set.of();
            }
            throw notSql;
        }
    }

    private static Set<String> lowerCase(Set<String> names) {
        Set<String> lower = new TreeSet<>();
        names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
        return lower;
    }
}
