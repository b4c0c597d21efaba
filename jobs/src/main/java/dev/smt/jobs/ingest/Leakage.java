package dev.smt.jobs.ingest;

import dev.smt.jobs.config.ConfigProblems;
import dev.smt.jobs.table.RowExpression;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Refuses features that were not known when the model was served: those that read, also through derived columns, a
 * column that a label is made of, or one that is declared as known after serving.
 */
final class Leakage {
    private final Map<String, Set<String>> derivedFrom = new HashMap<>();
    private final Map<String, String> forbidden = new HashMap<>();

    private Leakage(InputConfiguration input) {
        input.derived()
                .forEach((name, sql) -> derivedFrom.put(name.toLowerCase(Locale.ROOT), RowExpression.columnsOf(sql)));
        input.labels().forEach((label, sql) -> RowExpression.columnsOf(sql).forEach(column -> closure(column)
                .forEach(source -> forbidden.put(source, "label " + label + " is made of it"))));
        input.knownAtServing().forEach(column -> forbidden.remove(column.toLowerCase(Locale.ROOT)));
        input.knownAfterServing()
                .forEach(column -> forbidden.put(column.toLowerCase(Locale.ROOT), "it is known only after serving"));
    }

    /** Notes every feature that leaks. All expressions must be valid SQL. */
    static void check(InputConfiguration input, ConfigProblems problems) {
        Leakage leakage = new Leakage(input);
        for (FeatureConfiguration feature : input.features()) {
            Set<String> read = new TreeSet<>();
            RowExpression.columnsOf(feature.sql()).forEach(column -> read.addAll(leakage.closure(column)));
            for (String column : read) {
                if (leakage.forbidden.containsKey(column)) {
                    problems.add("input.features." + feature.name() + " reads column " + column + ", but "
                            + leakage.forbidden.get(column)
                            + "; a feature must be known at serving time (input.known-at-serving lists exceptions)");
                }
            }
        }
    }

    /** The column and all that it is derived from. */
    private Set<String> closure(String column) {
        Set<String> seen = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(Set.of(column));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (seen.add(next)) {
                open.addAll(derivedFrom.getOrDefault(next, Set.of()));
            }
        }
        return seen;
    }
}
