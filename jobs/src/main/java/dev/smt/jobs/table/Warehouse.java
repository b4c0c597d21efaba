package dev.smt.jobs.table;

import dev.smt.jobs.config.InvalidInputException;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
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
 * The result tables of one warehouse folder, on any Hadoop file system. Only the driver writes; appends never conflict
 * with readers.
 */
public final class Warehouse {
    /** Commits that one process can make under a writer's name. */
    private static final long CLAIM = 1L << 32;

    private final SparkSession spark;
    /** For tables that fit the driver. */
    private final SparkSession small;

    private final Path root;
    private final Commits commits;

    private Warehouse(SparkSession spark, Path root, Commits commits) {
        this.spark = spark;
        this.small = FewRows.session(spark);
        this.root = root;
        this.commits = commits;
    }

    /**
     * Opens a warehouse, and makes its folder where it is missing.
     *
     * @throws InvalidInputException when the folder can't be written
     */
    public static Warehouse open(SparkSession spark, String location) {
        return at(spark, location, true, "written", "a folder that you may write to");
    }

    /**
     * Opens a warehouse to look at it: nothing is made where it is missing, and it need not be writable.
     *
     * @throws InvalidInputException when the folder's file system can't be reached
     */
    public static Warehouse look(SparkSession spark, String location) {
        return at(spark, location, false, "read", "a folder");
    }

    private static Warehouse at(SparkSession spark, String location, boolean writable, String done, String allowed) {
        try {
            Path given = new Path(location);
            FileSystem files = given.getFileSystem(spark.sparkContext().hadoopConfiguration());
            Path root = files.makeQualified(given);
            if (writable) {
                requireWritable(files, root);
            }
            return new Warehouse(spark, root, Commits.in(root, files));
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException cause) {
            throw new InvalidInputException("warehouse is \"" + location + "\", which can't be " + done + " ("
                    + cause.getMessage() + "); allowed: " + allowed);
        }
    }

    private static void requireWritable(FileSystem files, Path root) throws IOException {
        Path probe = new Path(root, ".write-probe-" + UUID.randomUUID());
        if (!files.mkdirs(root) || !files.createNewFile(probe)) {
            throw new IOException("no file could be made in it");
        }
        files.delete(probe, false);
    }

    public SparkSession spark() {
        return spark;
    }

    /** The warehouse's folder, fully qualified. */
    public String location() {
        return root.toString();
    }

    /** The folder of a table. */
    public String path(Table<?> table) {
        return new Path(root, table.name()).toString();
    }

    public boolean exists(Table<?> table) {
        return DeltaTable.isDeltaTable(small, path(table));
    }

    /** The table's rows; none where the table was never written. A column that an earlier version did not write is empty. */
    public Dataset<Row> dataset(Table<?> table) {
        return dataset(table, small);
    }

    private Dataset<Row> dataset(Table<?> table, SparkSession session) {
        if (!exists(table)) {
            return session.createDataFrame(List.of(), table.schema());
        }
        Dataset<Row> rows = session.read().format("delta").load(path(table));
        List<String> there = List.of(rows.columns());
        for (StructField field : table.schema().fields()) {
            if (!there.contains(field.name())) {
                rows = rows.withColumn(field.name(), functions.lit(null).cast(field.dataType()));
            }
        }
        return rows;
    }

    /** Whether the table has all the columns of its key: one of an older program may lack some. */
    private boolean hasKeyColumns(Table<?> table) {
        return List.of(small.read().format("delta").load(path(table)).columns()).containsAll(table.key());
    }

    /** The rows that satisfy a condition, as records. For tables that fit the driver. */
    public <R extends Record> List<R> rows(Table<R> table, Column condition) {
        if (!exists(table)) {
            return List.of();
        }
        return dataset(table).filter(condition).collectAsList().stream()
                .map(table::fromRow)
                .toList();
    }

    /** All rows, as records. For tables that fit the driver. */
    public <R extends Record> List<R> rows(Table<R> table) {
        return rows(table, functions.lit(true));
    }

    /** Adds rows. */
    public <R extends Record> void append(Table<R> table, List<R> rows) {
        if (!rows.isEmpty()) {
            commits.run(() -> appending(table, rows).save(path(table)));
        }
    }

    /**
     * Adds rows once: the same writer and number again change nothing, so a repeated step never doubles rows.
     *
     * @param writer names the stream of commits, such as a study and technique
     * @param number rises with every commit of the writer
     */
    public <R extends Record> void appendOnce(Table<R> table, List<R> rows, String writer, long number) {
        commits.run(() -> appending(table, rows)
                .option("txnAppId", writer)
                .option("txnVersion", number)
                .save(path(table)));
    }

    /**
     * Makes this process the only one whose {@link #appendOnce} under a writer's name changes a table: what an earlier one
     * still tries to commit is below the number that this commits.
     *
     * @return the number; those of this process's commits are above it
     */
    public long claim(Table<?> table, String writer) {
        AtomicLong claimed = new AtomicLong();
        commits.run(() -> {
            long last = exists(table) ? lastNumber(table, writer) : 0;
            claimed.set((last / CLAIM + 1) * CLAIM);
            appending(small.createDataFrame(List.of(), table.schema()))
                    .option("txnAppId", writer)
                    .option("txnVersion", claimed.get())
                    .save(path(table));
        });
        return claimed.get();
    }

    /** Of a writer's commits; 0 where there is none. */
    private long lastNumber(Table<?> table, String writer) {
        Option<Object> last = DeltaLog.forTableWithSnapshot(small, path(table))
                ._2()
                .transactions()
                .get(writer);
        return last.isEmpty() ? 0 : (Long) last.get();
    }

    /** Takes rows out. */
    public void delete(Table<?> table, Column condition) {
        commits.run(() -> {
            if (exists(table)) {
                DeltaTable.forPath(small, path(table)).delete(condition);
            }
        });
    }

    /** Adds rows, replacing those with the same key; two empty cells are the same. */
    public <R extends Record> void upsert(Table<R> table, List<R> rows) {
        if (!rows.isEmpty()) {
            commits.run(() -> {
                if (commits.areAlone() ? hasKeyOf(table, rows) : exists(table)) {
                    merge(table, rows);
                } else {
                    appending(table, rows).save(path(table));
                }
            });
        }
    }

    /**
     * Whether the table has a row with the key of one of these. What it has not is appended, where nobody else can write
     * between: that takes a fifth of a merge's time.
     */
    private <R extends Record> boolean hasKeyOf(Table<R> table, List<R> rows) {
        if (!exists(table)) {
            return false;
        }
        if (!hasKeyColumns(table)) {
            return true;
        }
        Set<List<Object>> keys = rows.stream().map(table::keyOf).collect(Collectors.toSet());
        if (keys.stream().anyMatch(key -> key.get(0) == null)) {
            return true;
        }
        Object[] first = keys.stream().map(key -> key.get(0)).distinct().toArray();
        Column[] columns = table.key().stream().map(functions::col).toArray(Column[]::new);
        return dataset(table).filter(columns[0].isin(first)).select(columns).collectAsList().stream()
                .anyMatch(row -> keys.contains(CollectionConverters.asJava(row.toSeq())));
    }

    private <R extends Record> void merge(Table<R> table, List<R> rows) {
        growKey(table);
        String sameKey = table.key().stream()
                .map(column -> "old." + column + " <=> new." + column)
                .collect(Collectors.joining(" AND "));
        DeltaTable.forPath(small, path(table))
                .as("old")
                .merge(frame(table, rows).as("new"), sameKey)
                .withSchemaEvolution()
                .whenMatched()
                .updateAll()
                .whenNotMatched()
                .insertAll()
                .execute();
    }

    /** Adds the columns of the key that a table of an older program lacks: a merge can't compare them before. */
    private void growKey(Table<?> table) {
        if (!hasKeyColumns(table)) {
            appending(small.createDataFrame(List.of(), table.schema())).save(path(table));
        }
    }

    /**
     * Puts rows that executors make in the place of those that satisfy a condition, in one commit.
     *
     * @param condition in SQL
     */
    public void replace(Table<?> table, JavaRDD<Row> rows, String condition) {
        commits.run(() -> {
            DataFrameWriter<Row> writer =
                    spark.createDataFrame(rows, table.schema()).write().format("delta");
            if (exists(table)) {
                writer = writer.mode("overwrite").option("replaceWhere", condition);
            }
            writer.save(path(table));
        });
    }

    /** Files that a table's rows are in now. */
    public long files(Table<?> table) {
        return DeltaTable.forPath(small, path(table))
                .detail()
                .select("numFiles")
                .head()
                .getLong(0);
    }

    /** Puts a table's small files together, and deletes those that no version of the last hours needs. */
    public void maintain(Table<?> table, double retentionHours) {
        DeltaTable delta = DeltaTable.forPath(spark, path(table));
        commits.run(() -> delta.optimize().executeCompaction());
        commits.run(() -> delta.vacuum(retentionHours));
    }

    /** What queries over tables and views find. For tables and results that fit the driver. */
    public List<Dataset<Row>> query(List<String> queries) {
        Views.register(String.join("\n", queries), small, this::dataset);
        return queries.stream().map(small::sql).toList();
    }

    /** Makes the tables and views that a query names known to the session's SQL; the others would cost time only. */
    public void registerNamedIn(String query) {
        Views.register(query, spark, table -> dataset(table, spark));
    }

    private <R extends Record> DataFrameWriter<Row> appending(Table<R> table, List<R> rows) {
        return appending(frame(table, rows));
    }

    private static DataFrameWriter<Row> appending(Dataset<Row> rows) {
        return rows.write().format("delta").mode("append").option("mergeSchema", "true");
    }

    private <R extends Record> Dataset<Row> frame(Table<R> table, List<R> rows) {
        List<Row> cells = new ArrayList<>(rows.size());
        rows.forEach(row -> cells.add(table.toRow(row)));
        return small.createDataFrame(cells, table.schema()).coalesce(1);
    }
}
