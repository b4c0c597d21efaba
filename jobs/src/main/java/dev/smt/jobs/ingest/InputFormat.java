package dev.smt.jobs.ingest;

import dev.smt.jobs.config.InvalidInputException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** The format of an input that the user named without it. */
public final class InputFormat {
    private static final Map<String, String> ENDINGS =
            Map.of("parquet", "parquet", "csv", "csv", "json", "json", "jsonl", "json", "ndjson", "json");

    private InputFormat() {}

    /**
     * By a Delta log in the folder, or the ending of the name, or of the first file in the folder.
     *
     * @param option of the command line, for messages
     * @throws InvalidInputException when the folder can't be read
     */
    public static Optional<String> of(SparkSession spark, String option, String name) {
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
            throw new InvalidInputException(option + " is \"" + name + "\"; it can't be read: " + failure.getMessage());
        }
    }

    private static Optional<String> byEnding(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|bz2|zst|snappy)$", "");
        return Optional.ofNullable(ENDINGS.get(plain.substring(plain.lastIndexOf('.') + 1)));
    }
}
