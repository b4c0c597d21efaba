package dev.smt.jobs.ingest;

import dev.smt.jobs.config.ConfigProblems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Opens tables of raw data; what is wrong with them is noted with their key. */
public final class SourceReader {
    private final SparkSession spark;
    private final ConfigProblems problems;

    public SourceReader(SparkSession spark, ConfigProblems problems) {
        this.spark = spark;
        this.problems = problems;
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
