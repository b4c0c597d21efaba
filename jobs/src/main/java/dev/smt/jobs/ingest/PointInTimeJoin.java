package dev.smt.jobs.ingest;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.try_element_at;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A left join with a table that has many rows per key, each known from some time on: a log row gets the latest that was
 * known when it happened, never a later one, and the number of log rows stays (paper, section 3.2.1: enrichment).
 */
final class PointInTimeJoin {
    private static final String KNOWN = "__known";
    private static final String HISTORY = "__history";

    private PointInTimeJoin() {}

    /**
     * The joined rows. Of side rows that were known at the same time the one with the greatest values counts.
     *
     * @param on key columns
     * @param time of a log row, in milliseconds
     * @param known when a side row was known, in milliseconds; a row without it is never known
     * @param columns the side table's columns to take
     */
    static Dataset<Row> join(
            Dataset<Row> rows, Dataset<Row> side, List<String> on, Column time, Column known, Set<String> columns) {
        List<Column> keys = on.stream().map(name -> col(Keys.quoted(name))).toList();
        List<Column> entry = new ArrayList<>(List.of(known.as(KNOWN)));
        columns.forEach(name -> entry.add(col(Keys.quoted(name))));
        Dataset<Row> histories = side.where(known.isNotNull())
                .groupBy(keys.toArray(Column[]::new))
                .agg(array_sort(collect_list(struct(entry.toArray(Column[]::new))))
                        .as(HISTORY));
        Column past = filter(col(HISTORY), row -> row.getField(KNOWN).leq(time));
        Column last = try_element_at(past, lit(-1));
        Dataset<Row> joined = rows.join(histories, on.toArray(String[]::new), "left");
        for (String name : columns) {
            joined = joined.withColumn(name, last.getField(name));
        }
        return joined.drop(HISTORY);
    }
}
