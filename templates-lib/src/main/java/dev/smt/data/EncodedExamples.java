package dev.smt.data;

import dev.smt.data.ColumnStorage.Floats;
import dev.smt.data.ColumnStorage.Ints;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.VectorColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The rows of one split of one data pipeline, as primitive columns: what trials train on and are evaluated on. Rows are
 * in time order. The arrays may be shared by all trials of an executor and must not be written to; an array may
 * as well be read from {@link MappedColumns} at each call.
 */
public final class EncodedExamples {
    private final int rows;
    private final List<Feature> features;
    private final Map<String, Floats> numeric = new LinkedHashMap<>();
    private final Map<String, Ints> ids = new LinkedHashMap<>();
    private final Map<String, StoredSequences> sequences = new LinkedHashMap<>();
    private final Map<String, Floats> vectors = new LinkedHashMap<>();
    private final Map<String, Floats> labels;
    private final byte[] buckets;
    private final long[] rowHashes;
    private final long[] times;

    /** A sequence column: the ids of row r are {@code values[offsets[r]]} to {@code values[offsets[r + 1] - 1]}. */
    public record Sequences(int[] offsets, int[] values) {}

    /** A sequence column where it is stored. */
    record StoredSequences(Ints offsets, Ints values) {
        static StoredSequences of(Sequences column) {
            return new StoredSequences(HeapColumns.of(column.offsets()), HeapColumns.of(column.values()));
        }

        Sequences column() {
            return new Sequences(offsets.values(), values.values());
        }
    }

    EncodedExamples(EncodedExamplesBuilder builder) {
        this.rows = builder.rows;
        this.features = List.copyOf(builder.features);
        this.numeric.putAll(builder.numeric);
        this.ids.putAll(builder.ids);
        this.sequences.putAll(builder.sequences);
        this.vectors.putAll(builder.vectors);
        this.labels = new LinkedHashMap<>(builder.labels);
        this.buckets = builder.buckets;
        this.rowHashes = builder.rowHashes;
        this.times = builder.times;
    }

    private EncodedExamples(EncodedExamples other, List<Feature> features) {
        this.rows = other.rows;
        this.features = List.copyOf(features);
        this.numeric.putAll(other.numeric);
        this.ids.putAll(other.ids);
        this.sequences.putAll(other.sequences);
        this.vectors.putAll(other.vectors);
        this.labels = other.labels;
        this.buckets = other.buckets;
        this.rowHashes = other.rowHashes;
        this.times = other.times;
    }

    public static EncodedExamplesBuilder builder(int rows) {
        return new EncodedExamplesBuilder(rows);
    }

    public int rows() {
        return rows;
    }

    public List<Feature> features() {
        return features;
    }

    public List<String> labels() {
        return List.copyOf(labels.keySet());
    }

    /** Standardized values of a numeric feature, one per row. */
    public float[] numeric(String feature) {
        return column(numeric, feature, "numeric feature").values();
    }

    /** Ids of an id feature, one per row. */
    public int[] ids(String feature) {
        return column(ids, feature, "id feature").values();
    }

    /** Ids of a sequence feature. */
    public Sequences sequences(String feature) {
        return column(sequences, feature, "sequence feature").column();
    }

    /** Pretrained vectors of a vector feature, one after another: rows x width. */
    public float[] vectors(String feature) {
        return column(vectors, feature, "vector feature").values();
    }

    /** Values of a label, one per row; 0 or 1 for a click or conversion label. */
    public float[] label(String label) {
        return column(labels, label, "label").values();
    }

    /**
     * What an event learns: a label, or a numeric feature that is used as one.
     *
     * @throws IllegalArgumentException when there is neither
     */
    public float[] target(String name) {
        return labels.containsKey(name) || !numeric.containsKey(name) ? label(name) : numeric(name);
    }

    /** The row's jackknife bucket in [0, 256): a hash of its unit. */
    public int bucket(int row) {
        return buckets[row] & 0xFF;
    }

    /** A hash of the row's content, the same however the rows are partitioned: sampling decides by it. */
    public long rowHash(int row) {
        return rowHashes[row];
    }

    /** The row's event time, milliseconds since the epoch. */
    public long time(int row) {
        return times[row];
    }

    /**
     * The same rows, but with the values of one feature taken from other rows: row r gets the value of row
     * {@code permutation[r]}. All other columns are shared.
     *
     * @throws IllegalArgumentException when there is no such feature, or the second argument is not a permutation of
     *     the rows
     */
    public EncodedExamples withPermuted(String feature, int[] permutation) {
        Selection order = new Permutation(permutation, rows).selection();
        EncodedExamples copy = new EncodedExamples(this, features);
        if (numeric.containsKey(feature)) {
            copy.numeric.put(feature, HeapColumns.of(order.of(numeric(feature), 1)));
        } else if (vectors.containsKey(feature)) {
            float[] values = vectors(feature);
            copy.vectors.put(feature, HeapColumns.of(order.of(values, values.length / Math.max(1, rows))));
        } else if (ids.containsKey(feature)) {
            copy.ids.put(feature, HeapColumns.of(order.of(ids(feature))));
        } else if (sequences.containsKey(feature)) {
            copy.sequences.put(feature, StoredSequences.of(order.of(sequences(feature))));
        } else {
            throw new IllegalArgumentException("no feature " + feature + "; there are "
                    + features.stream().map(Feature::name).toList());
        }
        return copy;
    }

    /**
     * Some of the rows, one after the other, as examples of their own.
     *
     * @param from the first row
     * @param to the row after the last one
     * @throws IndexOutOfBoundsException when there are no such rows
     */
    public EncodedExamples range(int from, int to) {
        Objects.checkFromToIndex(from, to, rows);
        return rows(IntStream.range(from, to).toArray());
    }

    /** Some of the rows, in the order of the argument, as examples of their own. */
    EncodedExamples rows(int[] chosen) {
        Selection selection = new Selection(chosen);
        EncodedExamplesBuilder part = builder(chosen.length);
        for (Feature feature : features) {
            if (numeric.containsKey(feature.name())) {
                part.numeric(feature, selection.of(numeric(feature.name()), 1));
            } else if (ids.containsKey(feature.name())) {
                part.ids(feature, selection.of(ids(feature.name())));
            } else if (vectors.containsKey(feature.name())) {
                int width = ((VectorColumn) feature.column()).width();
                part.vectors(feature, selection.of(vectors(feature.name()), width));
            } else {
                Sequences column = selection.of(sequences(feature.name()));
                part.sequences(feature, column.offsets(), column.values());
            }
        }
        labels.forEach((name, values) -> part.label(name, selection.of(values.values(), 1)));
        return part.buckets(selection.of(buckets))
                .rowHashes(selection.of(rowHashes))
                .times(selection.of(times))
                .build();
    }

    /** The same rows with one more id feature. All other columns are shared. */
    EncodedExamples withIds(Feature feature, int[] values) {
        EncodedExamples copy = with(feature);
        copy.ids.put(feature.name(), HeapColumns.of(values));
        return copy;
    }

    /** The same rows with one more numeric feature. All other columns are shared. */
    EncodedExamples withNumeric(Feature feature, float[] values) {
        EncodedExamples copy = with(feature);
        copy.numeric.put(feature.name(), HeapColumns.of(values));
        return copy;
    }

    private EncodedExamples with(Feature feature) {
        List<Feature> more = new ArrayList<>(features);
        more.add(feature);
        return new EncodedExamples(this, more);
    }

    /** The same columns, described by other features of the same names and kinds, such as ids of a larger cardinality. */
    EncodedExamples as(List<Feature> others) {
        return new EncodedExamples(this, others);
    }

    byte[] bucketColumn() {
        return buckets;
    }

    long[] rowHashColumn() {
        return rowHashes;
    }

    long[] timeColumn() {
        return times;
    }

    private static <T> T column(Map<String, T> columns, String name, String kind) {
        T column = columns.get(name);
        if (column == null) {
            throw new IllegalArgumentException("no " + kind + " " + name + "; there are " + columns.keySet());
        }
        return column;
    }
}
