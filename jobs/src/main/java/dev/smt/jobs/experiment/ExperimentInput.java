package dev.smt.jobs.experiment;

import dev.smt.jobs.config.ConfigProblems;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.ingest.SourceConfiguration;
import dev.smt.jobs.ingest.SourceReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Opens the table that the user named: a file, folder or pattern, or a table of Spark's catalog. */
public final class ExperimentInput {
    /** The formats that can be read. */
    public static final List<String> FORMATS = SourceConfiguration.FORMATS;

    private static final String OPTION = "--input";
    private static final Map<String, String> ENDINGS =
            Map.of("parquet", "parquet", "csv", "csv", "json", "json", "jsonl", "json", "ndjson", "json");

    private final SparkSession spark;

    public ExperimentInput(SparkSession spark) {
        this.spark = spark;
    }

    /**
     * The table.
     *
     * @param format parquet, csv, json or delta; empty: the name decides
     * @throws InvalidInputException when it isn't there or can't be read
     */
    public Dataset<Row> read(String name, Optional<String> format) {
        Optional<String> found = format.or(() -> format(name));
        if (found.isEmpty() && isTable(name)) {
            return spark.table(name);
        }
        String read = found.orElseThrow(() -> new InvalidInputException(OPTION + " is \"" + name
                + "\"; allowed: a file, folder or pattern of Parquet, CSV (.csv, .csv.gz), JSON (.json, .jsonl) or Delta, or"
                + " a table of the catalog; say the format with --input-format where the name doesn't"));
        ConfigProblems problems = new ConfigProblems();
        Optional<Dataset<Row>> table =
                new SourceReader(spark, problems).read(new SourceConfiguration(OPTION, name, read, "", Map.of()));
        problems.throwIfAny();
        return table.orElseThrow(() -> new InvalidInputException(OPTION + " is \"" + name + "\"; allowed: a name"));
    }

    private boolean isTable(String name) {
        return name.matches("\\w+(\\.\\w+){0,2}") && spark.catalog().tableExists(name);
    }

    /** By a Delta log in the folder, or the ending of the name, or of the first file in the folder. */
    private Optional<String> format(String name) {
        Optional<String> byName = byEnding(name);
        if (name.isBlank()) {
            return byName;
        }
        try {
            Path path = new Path(name);
            FileSystem files = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
            FileStatus[] matches = files.globStatus(path);
            if (matches == null || matches.length == 0 || !matches[0].isDirectory()) {
                return byName;
            }
            if (files.exists(new Path(matches[0].getPath(), "_delta_log"))) {
                return Optional.of("delta");
            }
            return Arrays.stream(files.listStatus(matches[0].getPath()))
                    .map(file -> byEnding(file.getPath().getName()))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .or(() -> byName);
        } catch (IOException | IllegalArgumentException failure) {
            throw new InvalidInputException(OPTION + " is \"" + name + "\"; it can't be read: " + failure.getMessage());
        }
    }

    private static Optional<String> byEnding(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|bz2|zst|snappy)$", "");
        return Optional.ofNullable(ENDINGS.get(plain.substring(plain.lastIndexOf('.') + 1)));
    }
}
