package dev.smt.jobs.experiment;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/** Counts rows with values that can't be used, in the same pass that makes the sums. */
final class BadRows {
    private final Map<String, Rule> rules = new LinkedHashMap<>();

    /**
     * A rule of a column.
     *
     * @param problem of one or more rows; the count comes before it
     */
    private record Rule(Column broken, String problem) {}

    /** Values that are there and finite. */
    BadRows finite(String column, String option, String text, String mend) {
        return rule(
                column + "_finite",
                not(isFinite(column)),
                option + " (\"" + text + "\") is missing, NaN or infinite; allowed: finite numbers" + mend);
    }

    /** Values that are there. */
    BadRows present(String column, String option, String text) {
        return rule(
                column + "_present",
                col(column).isNull(),
                option + " (\"" + text + "\") is missing; allowed: a value in every row");
    }

    /** Any other rule; the column is true, and never null, in rows that break it. */
    BadRows rule(String name, Column broken, String problem) {
        rules.put("bad_" + name, new Rule(broken, problem));
        return this;
    }

    static Column isFinite(String column) {
        return col(column)
                .isNotNull()
                .and(not(col(column).isNaN()))
                .and(abs(col(column)).notEqual(lit(Double.POSITIVE_INFINITY)));
    }

    /** 1 in rows that break a rule, else 0; a column per rule. */
    List<Column> flags() {
        List<Column> flags = new ArrayList<>();
        rules.forEach((name, rule) ->
                flags.add(when(rule.broken(), lit(1L)).otherwise(lit(0L)).as(name)));
        return flags;
    }

    /** Sums of flags, or of such sums. */
    List<Column> sums() {
        List<Column> sums = new ArrayList<>();
        rules.keySet().forEach(name -> sums.add(sum(col(name)).as(name)));
        return sums;
    }

    /** The problems in rows of summed counts. */
    List<String> problems(List<Row> rows) {
        List<String> problems = new ArrayList<>();
        rules.forEach((name, rule) -> {
            long count = rows.stream().mapToLong(row -> row.<Long>getAs(name)).sum();
            if (count > 0) {
                problems.add((count == 1 ? "in 1 row " : "in " + count + " rows ") + rule.problem());
            }
        });
        return Collections.unmodifiableList(problems);
    }
}
