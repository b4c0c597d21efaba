package dev.smt.jobs.ingest;

import dev.smt.jobs.config.ConfigProblems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Opens tables of raw data; what is wrong with them is noted with their key. */
public final class SourceReader {
    /** The column with the text of a CSV or JSON record that is broken; null in the others. */
    static final String CORRUPT = "__corrupt";

    private final SparkSession spark;
    private final ConfigProblems problems;

    public SourceReader(SparkSession spark, ConfigProblems problems) {
        this.spark = spark;
        this.problems = problems;
    }

    /** The table, or nothing and a problem; broken records of CSV and JSON are in column {@link #CORRUPT} instead of an error. */
    Optional<Dataset<Row>> readWithCorrupt(SourceConfiguration source) {
        if (!source.mayBeCorrupt()) {
            return read(source)
                    .map(table -> table.withColumn(CORRUPT, functions.lit(null).cast(DataTypes.StringType)));
        }
        SourceConfiguration permissive =
                source.with(Map.of("mode", "PERMISSIVE", "columnNameOfCorruptRecord", CORRUPT));
        return read(permissive)
                .flatMap(table ->
                        read(permissive.withSchema(withCorrupt(table.schema()).toDDL())))
                .map(SourceReader::withAllColumnsRead);
    }

    /** Spark calls a record broken by the columns that a query reads; so whether it is reads all of them. */
    private static Dataset<Row> withAllColumnsRead(Dataset<Row> table) {
        Column[] all = Stream.of(table.columns())
                .filter(name -> !name.equals(CORRUPT))
                .map(name -> functions.col(Keys.quoted(name)))
                .toArray(Column[]::new);
        Column never = functions.xxhash64(all).equalTo(Long.MIN_VALUE);
        return table.withColumn(
                CORRUPT, functions.when(never, functions.lit("")).otherwise(functions.col(CORRUPT)));
    }

    private static StructType withCorrupt(StructType schema) {
        return List.of(schema.fieldNames()).contains(CORRUPT) ? schema : schema.add(CORRUPT, DataTypes.StringType);
    }

    /** The table, or nothing and a problem. */
    public Optional<Dataset<Row>> read(SourceConfiguration source) {
        if (source.path().isBlank() || !looksRight(source)) {
            return Optional.empty();
        }
        try {
            DataFrameReader reader = spark.read().format(source.format()).options(source.readerOptions());
            Dataset<Row> table =
                    (source.schema().isEmpty() ? reader : reader.schema(source.schema())).load(source.path());
            if (table.columns().length == 0) {
                problems.add(source.key(), source.path(), "a table with at least one column");
                return Optional.empty();
            }
            return Optional.of(table);
        } catch (Exception failure) {
            if (failure instanceof SparkThrowable) {
                problems.add(source.key() + " is \"" + source.path() + "\"; it can't be read as " + source.format()
                        + ": " + SqlFailure.line(failure));
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** Cheap checks with a clearer word than Spark's: nothing there, or another format. */
    private boolean looksRight(SourceConfiguration source) {
        Path path = new Path(source.path());
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        try {
            FileSystem files = path.getFileSystem(hadoop);
            FileStatus[] found = files.globStatus(path);
            if (found == null || found.length == 0) {
                problems.add(source.key(), source.path(), "an existing file, folder or pattern; nothing is there");
                return false;
            }
            String actual = formatOf(files, found[0]);
            if (!actual.isEmpty() && !actual.equals(source.format())) {
                problems.add(source.key() + " is \"" + source.path() + "\"; it can't be read as " + source.format()
                        + ": it is " + actual);
                return false;
            }
            return true;
        } catch (IOException failure) {
            problems.add(source.key() + " is \"" + source.path() + "\"; it can't be read: " + failure.getMessage());
            return false;
        }
    }

    /** The format, where it is certain: a Delta log beside the data, or Parquet's first letters. */
    private static String formatOf(FileSystem files, FileStatus found) throws IOException {
        if (found.isDirectory()) {
            return files.exists(new Path(found.getPath(), "_delta_log")) ? "delta" : "";
        }
        byte[] start = new byte[4];
        try (InputStream in = files.open(found.getPath())) {
            int length = in.readNBytes(start, 0, start.length);
            return new String(start, 0, length, StandardCharsets.US_ASCII).equals("PAR1") ? "parquet" : "";
        }
    }
}
