package dev.smt.jobs.experiment;

import dev.smt.jobs.config.ConfigProblems;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.ingest.InputFormat;
import dev.smt.jobs.ingest.SourceConfiguration;
import dev.smt.jobs.ingest.SourceReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Opens the table that the user named: a file, folder or pattern, or a table of Spark's catalog. */
public final class ExperimentInput {
    /** The formats that can be read. */
    public static final List<String> FORMATS = SourceConfiguration.FORMATS;

    private static final String OPTION = "--input";

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
        Optional<String> found = format.or(() -> InputFormat.of(spark, OPTION, name));
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
}
