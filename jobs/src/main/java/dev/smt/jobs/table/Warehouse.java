package dev.smt.jobs.table;

import dev.smt.jobs.config.InvalidInputException;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

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
    private final DriverTables driver;

    private Warehouse(SparkSession spark, Path root, Commits commits) {
        this.spark = spark;
        this.small = FewRows.session(spark);
        this.root = root;
        this.commits = commits;
        this.driver = DriverTables.in(root, spark);
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

    private <R extends Record> StoredTable<R> stored(Table<R> table) {
        return stored(table, small);
    }

    private <R extends Record> StoredTable<R> stored(Table<R> table, SparkSession session) {
        return new StoredTable<>(session, driver, table, path(table));
    }

    public boolean exists(Table<?> table) {
        return stored(table).exists();
    }

    /** The table's rows; none where the table was never written. A column that an earlier version did not write is empty. */
    public Dataset<Row> dataset(Table<?> table) {
        return stored(table).dataset();
    }

    /** The rows that satisfy a condition, as records. For tables that fit the driver. */
    public <R extends Record> List<R> rows(Table<R> table, Column condition) {
        return stored(table).rows(condition);
    }

    /** All rows, as records. For tables that fit the driver. */
    public <R extends Record> List<R> rows(Table<R> table) {
        return rows(table, functions.lit(true));
    }

    /** Adds rows. */
    public <R extends Record> void append(Table<R> table, List<R> rows) {
        if (!rows.isEmpty()) {
            commits.run(() -> stored(table).append(rows));
        }
    }

    /**
     * Adds rows once: the same writer and number again change nothing, so a repeated step never doubles rows.
     *
     * @param writer names the stream of commits, such as a study and technique
     * @param number rises with every commit of the writer
     */
    public <R extends Record> void appendOnce(Table<R> table, List<R> rows, String writer, long number) {
        commits.run(() -> stored(table).appendOnce(rows, writer, number));
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
            claimed.set((stored(table).lastNumber(writer) / CLAIM + 1) * CLAIM);
            stored(table).appendOnce(List.of(), writer, claimed.get());
        });
        return claimed.get();
    }

    /** Takes rows out. */
    public void delete(Table<?> table, Column condition) {
        commits.run(() -> stored(table).delete(condition));
    }

    /** Adds rows, replacing those with the same key; two empty cells are the same. */
    public <R extends Record> void upsert(Table<R> table, List<R> rows) {
        if (!rows.isEmpty()) {
            commits.run(() -> stored(table).upsert(rows));
        }
    }

    /**
     * Puts rows that executors make in the place of those that satisfy a condition, in one commit.
     *
     * @param condition in SQL
     */
    public void replace(Table<?> table, JavaRDD<Row> rows, String condition) {
        commits.run(() -> stored(table, spark).replace(rows, condition));
    }

    /** Files that a table's rows are in now. */
    public long files(Table<?> table) {
        return stored(table).files();
    }

    /** Puts a table's small files together, and deletes those that no version of the last hours needs. */
    public void maintain(Table<?> table, double retentionHours) {
        DeltaTable delta = stored(table, spark).delta();
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
        Views.register(query, spark, table -> stored(table, spark).dataset());
    }
}
