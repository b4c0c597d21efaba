package dev.smt.jobs.ingest;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import dev.smt.jobs.config.ConfigProblems;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Sequences from event logs: each row's earlier events, point in time (paper, section 3.2.1: enrichment). An event counts from one
 * millisecond after it was known, so that a row never sees itself, nor what happened at the same time.
 */
final class EventHistories {
    private static final String TIME = "__event_time";
    private static final String VALUE = "value";

    private final SparkSession spark;
    private final InputConfiguration input;
    private final ConfigProblems problems;

    EventHistories(SparkSession spark, InputConfiguration input, ConfigProblems problems) {
        this.spark = spark;
        this.input = input;
        this.problems = problems;
    }

    /** The rows with a column per history, an array with the most recent event first; or nothing and problems. */
    Optional<Dataset<Row>> addTo(Dataset<Row> rows) {
        if (input.histories().isEmpty()) {
            return Optional.of(rows);
        }
        if (!check(rows)) {
            return Optional.empty();
        }
        Dataset<Row> timed = rows.withColumn(TIME, ExampleColumns.time(rows, input.time()));
        for (HistoryConfiguration history : input.histories()) {
            timed = timed.withColumn(history.name(), events(history));
        }
        return Optional.of(timed.drop(TIME));
    }

    private boolean check(Dataset<Row> rows) {
        SqlScope scope = new SqlScope(spark, rows.drop(RawRows.ROW_HASH).schema(), problems);
        scope.typeOf("input.time, which histories need from the logs' and joined columns,", input.time());
        for (HistoryConfiguration history : input.histories()) {
            scope.typeOf(history.key() + ".of", history.of());
            scope.typeOf(history.key() + ".by", history.by());
            scope.requireCondition(history.key() + ".when", history.when());
            if (scope.has(history.name())) {
                problems.add(history.key(), history.name(), "a name that no column has yet");
            }
            if (history.delay().compareTo(history.window()) >= 0) {
                problems.add(history.key() + ".delay-minutes is "
                        + history.delay().toMinutes() + ", not below the window of "
                        + history.window().toMinutes() + " minutes");
            }
        }
        return problems.isEmpty();
    }

    /** In the order of time, then of the rows' hashes: it does not depend on how the rows are partitioned. */
    private static Column events(HistoryConfiguration history) {
        WindowSpec earlier = Window.partitionBy(expr(history.by()))
                .orderBy(col(TIME))
                .rangeBetween(-history.window().toMillis(), -history.delay().toMillis() - 1);
        Column event =
                struct(col(TIME), col(RawRows.ROW_HASH), expr(history.of()).as(VALUE));
        Column isEvent = expr(history.when()).and(expr(history.of()).isNotNull());
        Column found = sort_array(collect_list(when(isEvent, event)).over(earlier), false);
        Column values = transform(slice(found, 1, history.maxLength()), one -> one.getField(VALUE));
        return when(expr(history.by()).isNotNull(), values).otherwise(array());
    }
}
