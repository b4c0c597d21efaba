package dev.smt.jobs.table;

import dev.smt.jobs.table.DriverCommits.Once;
import io.delta.kernel.Snapshot;
import io.delta.tables.DeltaTable;
import java.util.List;
import java.util.Optional;
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
import scala.jdk.javaapi.CollectionConverters;

/**
 * A table in its folder. What it writes is one commit each, which may lose against another one: {@link Commits} repeats it.
 *
 * @param session which reads what is not small, and writes what is more than a few new rows
 * @param driver which does the rest
 * @param <R> a row
 */
record StoredTable<R extends Record>(SparkSession session, DriverTables driver, Table<R> table, String path) {
    private static final String FORMAT = "delta";

    boolean exists() {
        return driver.find(path).isPresent();
    }

    /** The rows; none where the table was never written. A column that an earlier version did not write is empty. */
    Dataset<Row> dataset() {
        return driver.find(path).map(this::dataset).orElseGet(() -> session.createDataFrame(List.of(), table.schema()));
    }

    private Dataset<Row> dataset(Snapshot now) {
        Dataset<Row> rows = driver.reads()
                .rows(now)
                .map(small -> session.createDataFrame(
                        small, KernelSchema.toSpark(now.getSchema()).orElseThrow()))
                .orElseGet(() -> session.read().format(FORMAT).load(path));
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
        return dataset().filter(condition).collectAsList().stream()
                .map(table::fromRow)
                .toList();
    }

    void append(List<R> rows) {
        append(rows, Optional.empty());
    }

    /** Adds rows, where the writer has not added any with this number or a higher one. */
    void appendOnce(List<R> rows, String writer, long number) {
        append(rows, Optional.of(new Once(writer, number)));
    }

    private void append(List<R> rows, Optional<Once> once) {
        driver.commits().append(whole(), table.schema(), cells(rows), once);
    }

    /** The number of a writer's last commit; 0 where there is none. */
    long lastNumber(String writer) {
        return driver.find(path)
                .map(there -> driver.commits().lastNumber(there, writer))
                .orElse(0L);
    }

    void delete(Column condition) {
        if (exists()) {
            delta().delete(condition);
        }
    }

    /**
     * Adds rows, replacing those with the same key; two empty cells are the same. Rows with new keys are appended to the table in which
     * there are none with these keys: where another commit comes between, this one is lost.
     */
    void upsert(List<R> rows) {
        Snapshot now = whole();
        if (hasKeyOf(now, rows)) {
            merge(rows);
        } else {
            driver.commits().append(now, table.schema(), cells(rows), Optional.empty());
        }
    }

    private boolean hasKeyOf(Snapshot now, List<R> rows) {
        Set<List<Object>> keys = rows.stream().map(table::keyOf).collect(Collectors.toSet());
        if (keys.stream().anyMatch(key -> key.get(0) == null)) {
            return true;
        }
        Object[] first = keys.stream().map(key -> key.get(0)).distinct().toArray();
        Column[] columns = table.key().stream().map(functions::col).toArray(Column[]::new);
        return dataset(now).filter(columns[0].isin(first)).select(columns).collectAsList().stream()
                .anyMatch(row -> keys.contains(CollectionConverters.asJava(row.toSeq())));
    }

    private void merge(List<R> rows) {
        String sameKey = table.key().stream()
                .map(column -> "old." + column + " <=> new." + column)
                .collect(Collectors.joining(" AND "));
        delta().as("old")
                .merge(
                        session.createDataFrame(cells(rows), table.schema())
                                .coalesce(1)
                                .as("new"),
                        sameKey)
                .withSchemaEvolution()
                .whenMatched()
                .updateAll()
                .whenNotMatched()
                .insertAll()
                .execute();
    }

    /** The table as it is now, made where it is missing, with all columns: one of an older program may lack some. */
    private Snapshot whole() {
        Optional<Snapshot> there = driver.find(path);
        boolean whole = there.isPresent()
                ? KernelSchema.hasAll(there.get().getSchema(), schema())
                : driver.commits().create(path, schema());
        if (!whole) {
            growBySpark();
        }
        return there.filter(now -> whole).orElseGet(() -> driver.find(path).orElseThrow());
    }

    private void growBySpark() {
        session.createDataFrame(List.of(), table.schema())
                .write()
                .format(FORMAT)
                .mode("append")
                .option("mergeSchema", "true")
                .save(path);
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
        DeltaLog.forTableWithSnapshot(session, path); // Spark may have looked before the driver made the table.
        return DeltaTable.forPath(session, path);
    }

    private io.delta.kernel.types.StructType schema() {
        return KernelSchema.of(table.schema());
    }

    private List<Row> cells(List<R> rows) {
        return rows.stream().map(table::toRow).toList();
    }
}
