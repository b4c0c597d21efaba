package dev.smt.jobs.table;

import io.delta.tables.DeltaTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A table in its folder. What it writes is one commit each, which may lose against another one: {@link Commits} repeats it.
 *
 * @param session which reads and writes it
 * @param <R> a row
 */
record StoredTable<R extends Record>(SparkSession session, Table<R> table, String path) {
    private static final String FORMAT = "delta";

    boolean exists() {
        return DeltaTable.isDeltaTable(session, path);
    }

    /** The rows; none where the table was never written. A column that an earlier version did not write is empty. */
    Dataset<Row> dataset() {
        if (!exists()) {
            return session.createDataFrame(List.of(), table.schema());
        }
        Dataset<Row> rows = session.read().format(FORMAT).load(path);
        List<String> there = List.of(rows.columns());
        for (StructField field : table.schema().fields()) {
            if (!there.contains(field.name())) {
                rows = rows.withColumn(field.name(), functions.lit(null).cast(field.dataType()));
            }
        }
        return rows;
    }

    /** The rows that satisfy a condition, as records. */
    List<R> rows(Column condition) {
        if (!exists()) {
            return List.of();
        }
        return dataset().filter(condition).collectAsList().stream()
                .map(table::fromRow)
                .toList();
    }

    void append(List<R> rows) {
        appending(frame(rows)).save(path);
    }

    /** Adds rows, where the writer has not added any with this number or a higher one. */
    void appendOnce(List<R> rows, String writer, long number) {
        once(frame(rows), writer, number);
    }

    /** Makes the writer's next number one above this. */
    void claim(String writer, long number) {
        once(none(), writer, number);
    }

    private void once(Dataset<Row> rows, String writer, long number) {
        appending(rows).option("txnAppId", writer).option("txnVersion", number).save(path);
    }

    /** The number of a writer's last commit; 0 where there is none. */
    long lastNumber(String writer) {
        if (!exists()) {
            return 0;
        }
        Option<Object> last =
                DeltaLog.forTableWithSnapshot(session, path)._2().transactions().get(writer);
        return last.isEmpty() ? 0 : (Long) last.get();
    }

    void delete(Column condition) {
        if (exists()) {
            delta().delete(condition);
        }
    }

    /** Whether there is a row with the key of one of these. */
    boolean hasKeyOf(List<R> rows) {
        if (!exists()) {
            return false;
        }
        if (!hasKeyColumns()) {
            return true;
        }
        Set<List<Object>> keys = rows.stream().map(table::keyOf).collect(Collectors.toSet());
        if (keys.stream().anyMatch(key -> key.get(0) == null)) {
            return true;
        }
        Object[] first = keys.stream().map(key -> key.get(0)).distinct().toArray();
        Column[] columns = table.key().stream().map(functions::col).toArray(Column[]::new);
        return dataset().filter(columns[0].isin(first)).select(columns).collectAsList().stream()
                .anyMatch(row -> keys.contains(CollectionConverters.asJava(row.toSeq())));
    }

    /** Adds rows, replacing those with the same key; two empty cells are the same. The table must be there. */
    void merge(List<R> rows) {
        growKey();
        String sameKey = table.key().stream()
                .map(column -> "old." + column + " <=> new." + column)
                .collect(Collectors.joining(" AND "));
        delta().as("old")
                .merge(frame(rows).as("new"), sameKey)
                .withSchemaEvolution()
                .whenMatched()
                .updateAll()
                .whenNotMatched()
                .insertAll()
                .execute();
    }

    /** Adds the columns of the key that a table of an older program lacks: a merge can't compare them before. */
    private void growKey() {
        if (!hasKeyColumns()) {
            appending(none()).save(path);
        }
    }

    private boolean hasKeyColumns() {
        return List.of(session.read().format(FORMAT).load(path).columns()).containsAll(table.key());
    }

    /**
     * Puts rows that executors make in the place of those that satisfy a condition.
     *
     * @param condition in SQL
     */
    void replace(JavaRDD<Row> rows, String condition) {
        DataFrameWriter<Row> writer =
                session.createDataFrame(rows, table.schema()).write().format(FORMAT);
        if (exists()) {
            writer = writer.mode("overwrite").option("replaceWhere", condition);
        }
        writer.save(path);
    }

    /** Files that the rows are in now. */
    long files() {
        return delta().detail().select("numFiles").head().getLong(0);
    }

    DeltaTable delta() {
        return DeltaTable.forPath(session, path);
    }

    private static DataFrameWriter<Row> appending(Dataset<Row> rows) {
        return rows.write().format(FORMAT).mode("append").option("mergeSchema", "true");
    }

    private Dataset<Row> none() {
        return session.createDataFrame(List.of(), table.schema());
    }

    private Dataset<Row> frame(List<R> rows) {
        List<Row> cells = new ArrayList<>(rows.size());
        rows.forEach(row -> cells.add(table.toRow(row)));
        return session.createDataFrame(cells, table.schema()).coalesce(1);
    }
}
