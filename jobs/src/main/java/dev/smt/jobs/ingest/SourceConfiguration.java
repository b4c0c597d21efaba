package dev.smt.jobs.ingest;

import dev.smt.jobs.config.ConfigSection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table of raw data.
 *
 * @param key where the configuration names it, for messages
 * @param path file, folder or pattern on any Hadoop file system
 * @param format parquet, csv, json or delta
 * @param schema as Spark SQL writes it, such as {@code user_id BIGINT, tag STRING}; empty: the table's own, or inferred
 * @param options of Spark's reader; a CSV file has a header and inferred types unless they say otherwise
 */
public record SourceConfiguration(String key, String path, String format, String schema, Map<String, String> options) {
    /** The formats that can be read. */
    public static final List<String> FORMATS = List.of("parquet", "csv", "json", "delta");

    public SourceConfiguration {
        options = Map.copyOf(options);
    }

    /** Reads {@code path}, {@code format}, {@code schema} and {@code options}. */
    public static SourceConfiguration read(ConfigSection section) {
        return new SourceConfiguration(
                section.fullKey("path"),
                section.string("path"),
                Keys.requiredChoice(section, "format", FORMATS),
                section.string("schema", ""),
                section.namedStrings("options"));
    }

    /** Whether it has records that can be broken, and what happens then is not the user's choice. */
    boolean mayBeCorrupt() {
        return (format.equals("csv") || format.equals("json")) && !options.containsKey("mode");
    }

    /** The same with more options of Spark's reader. */
    SourceConfiguration with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(options);
        all.putAll(more);
        return new SourceConfiguration(key, path, format, schema, all);
    }

    SourceConfiguration withSchema(String newSchema) {
        return new SourceConfiguration(key, path, format, newSchema, options);
    }

    /** The options that Spark gets: bad records are errors, not silent nulls, unless the user asks for it. */
    Map<String, String> readerOptions() {
        Map<String, String> all = new LinkedHashMap<>();
        if (format.equals("csv")) {
            all.put("header", "true");
            all.put("inferSchema", "true");
        }
        if (format.equals("csv") || format.equals("json")) {
            all.put("mode", "FAILFAST");
        }
        all.putAll(options);
        return all;
    }
}
