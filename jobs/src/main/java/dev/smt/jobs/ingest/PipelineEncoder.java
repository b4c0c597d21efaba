package dev.smt.jobs.ingest;

import dev.smt.data.EncodedExamples;
import dev.smt.jobs.ingest.ColumnEncoder.Fitted;
import dev.smt.jobs.ingest.GrowingColumns.Bytes;
import dev.smt.jobs.ingest.GrowingColumns.Floats;
import dev.smt.jobs.ingest.GrowingColumns.Longs;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * Encodes the rows of one pipeline. They must come in the order of split, time and row hash: then the result does not
 * depend on how they were partitioned.
 */
final class PipelineEncoder {
    private final List<String> labels;
    private final List<ColumnEncoder> columns;
    private final Map<Split, Fixed> fixed = new EnumMap<>(Split.class);
    private long rows;

    PipelineEncoder(List<FeatureConfiguration> features, List<String> labels) {
        this.labels = labels;
        this.columns = features.stream().map(ColumnEncoder::of).toList();
        for (Split split : Split.values()) {
            fixed.put(split, new Fixed(labels));
        }
    }

    /** The columns that every row has. */
    private static final class Fixed {
        private final Longs times = new Longs();
        private final Longs hashes = new Longs();
        private final Bytes buckets = new Bytes();
        private final Map<String, Floats> labels = new LinkedHashMap<>();
        private int rows;

        private Fixed(List<String> names) {
            names.forEach(name -> labels.put(name, new Floats()));
        }
    }

    /** Takes a row with the columns of {@link EncodeTask#columns}. */
    void add(Row row) {
        Split split = Split.values()[row.getInt(EncodeTask.SPLIT_AT)];
        Fixed to = fixed.get(split);
        to.times.add(row.getLong(EncodeTask.TIME_AT));
        to.hashes.add(row.getLong(EncodeTask.HASH_AT));
        to.buckets.add((byte) row.getInt(EncodeTask.BUCKET_AT));
        int at = EncodeTask.LABELS_AT;
        for (String label : labels) {
            to.labels.get(label).add((float) row.getDouble(at++));
        }
        for (ColumnEncoder column : columns) {
            column.add(split, row, at++);
        }
        to.rows = Math.incrementExact(to.rows);
        rows++;
    }

    /** A split's examples; call when all rows are there. */
    EncodedExamples examples(Split split) {
        Fixed from = fixed.get(split);
        EncodedExamples.Builder builder = EncodedExamples.builder(from.rows);
        columns.forEach(column -> column.encode(split, builder));
        from.labels.forEach((label, values) -> builder.label(label, values.toArray()));
        return builder.buckets(from.buckets.toArray())
                .rowHashes(from.hashes.toArray())
                .times(from.times.toArray())
                .build();
    }

    /** Share of all rows in which a feature has no value. */
    Map<String, Double> missingShares() {
        Map<String, Double> shares = new LinkedHashMap<>();
        columns.forEach(column -> shares.put(column.feature().name(), (double) column.missing() / rows));
        return shares;
    }

    /** What the training rows taught, per feature. */
    Map<String, Fitted> fitted() {
        Map<String, Fitted> fitted = new LinkedHashMap<>();
        columns.forEach(column -> fitted.put(column.feature().name(), column.fitted()));
        return fitted;
    }
}
