package dev.smt.jobs.profile;

import java.util.List;
import java.util.Map;

/**
 * What a sample of the rows says.
 *
 * @param path of the data, as the configuration will name it
 * @param format parquet, csv, json or delta
 * @param options of Spark's reader
 * @param rows in the data
 * @param sampled how many of them were looked at
 * @param columns in their order
 */
public record DataProfile(
        String path, String format, Map<String, String> options, long rows, long sampled, List<ColumnProfile> columns) {
    public DataProfile {
        options = Map.copyOf(options);
        columns = List.copyOf(columns);
    }

    /** How many rows of the data stand behind so many of the sample. */
    long scaled(double ofSample) {
        return sampled == 0 ? 0 : Math.round(ofSample * rows / sampled);
    }
}
