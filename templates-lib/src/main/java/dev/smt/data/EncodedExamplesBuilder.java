package dev.smt.data;

import dev.smt.data.ColumnStorage.Floats;
import dev.smt.data.ColumnStorage.Ints;
import dev.smt.data.EncodedExamples.Sequences;
import dev.smt.data.EncodedExamples.StoredSequences;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.Feature.VectorColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the columns. Each must have as many entries as there are rows, ids must be inside their feature's
 * cardinality, and numbers finite; anything else is an {@link IllegalArgumentException}.
 */
public final class EncodedExamplesBuilder {
    final int rows;
    final List<Feature> features = new ArrayList<>();
    final Map<String, Floats> numeric = new LinkedHashMap<>();
    final Map<String, Ints> ids = new LinkedHashMap<>();
    final Map<String, StoredSequences> sequences = new LinkedHashMap<>();
    final Map<String, Floats> vectors = new LinkedHashMap<>();
    final Map<String, Floats> labels = new LinkedHashMap<>();
    byte[] buckets;
    long[] rowHashes;
    long[] times;

    EncodedExamplesBuilder(int rows) {
        this.rows = rows;
        this.buckets = new byte[rows];
        this.rowHashes = new long[rows];
        this.times = new long[rows];
    }

    public EncodedExamplesBuilder numeric(Feature feature, float[] values) {
        return numeric(feature, HeapColumns.of(values));
    }

    EncodedExamplesBuilder numeric(Feature feature, Floats values) {
        requireKind(feature, NumericColumn.class);
        float[] all = values.values();
        requireRows(feature.name(), all.length, rows);
        ColumnChecks.requireFinite(feature.name(), all);
        numeric.put(feature.name(), values);
        return add(feature);
    }

    public EncodedExamplesBuilder ids(Feature feature, int[] values) {
        return ids(feature, HeapColumns.of(values));
    }

    EncodedExamplesBuilder ids(Feature feature, Ints values) {
        requireKind(feature, IdColumn.class);
        int[] all = values.values();
        requireRows(feature.name(), all.length, rows);
        ColumnChecks.requireIds(feature.name(), all, ((IdColumn) feature.column()).cardinality());
        ids.put(feature.name(), values);
        return add(feature);
    }

    public EncodedExamplesBuilder sequences(Feature feature, int[] offsets, int[] values) {
        return sequences(feature, StoredSequences.of(new Sequences(offsets, values)));
    }

    EncodedExamplesBuilder sequences(Feature feature, StoredSequences stored) {
        requireKind(feature, SequenceColumn.class);
        Sequences all = stored.column();
        requireRows(feature.name() + " (offsets)", all.offsets().length, rows + 1);
        ColumnChecks.requireSequences(feature.name(), all.offsets(), all.values(), (SequenceColumn) feature.column());
        sequences.put(feature.name(), stored);
        return add(feature);
    }

    /** Adds pretrained vectors, one after another: rows x width. */
    public EncodedExamplesBuilder vectors(Feature feature, float[] values) {
        return vectors(feature, HeapColumns.of(values));
    }

    EncodedExamplesBuilder vectors(Feature feature, Floats values) {
        requireKind(feature, VectorColumn.class);
        float[] all = values.values();
        int width = ((VectorColumn) feature.column()).width();
        requireRows(feature.name(), all.length, Math.multiplyExact(rows, width));
        ColumnChecks.requireFinite(feature.name(), all, width);
        vectors.put(feature.name(), values);
        return add(feature);
    }

    public EncodedExamplesBuilder label(String name, float[] values) {
        return label(name, HeapColumns.of(values));
    }

    EncodedExamplesBuilder label(String name, Floats values) {
        float[] all = values.values();
        requireRows(name, all.length, rows);
        ColumnChecks.requireFinite(name, all);
        labels.put(name, values);
        return this;
    }

    public EncodedExamplesBuilder buckets(byte[] values) {
        requireRows("buckets", values.length, rows);
        buckets = values;
        return this;
    }

    public EncodedExamplesBuilder rowHashes(long[] values) {
        requireRows("row hashes", values.length, rows);
        rowHashes = values;
        return this;
    }

    public EncodedExamplesBuilder times(long[] values) {
        requireRows("times", values.length, rows);
        times = values;
        return this;
    }

    public EncodedExamples build() {
        return new EncodedExamples(this);
    }

    private EncodedExamplesBuilder add(Feature feature) {
        if (features.stream().anyMatch(other -> other.name().equals(feature.name()))) {
            throw new IllegalArgumentException("feature " + feature.name() + " is twice there");
        }
        features.add(feature);
        return this;
    }

    private static void requireKind(Feature feature, Class<?> kind) {
        if (!kind.isInstance(feature.column())) {
            throw new IllegalArgumentException("feature " + feature.name() + " is a "
                    + feature.column().getClass().getSimpleName() + ", not a " + kind.getSimpleName());
        }
    }

    private static void requireRows(String column, int actual, int expected) {
        if (actual != expected) {
            throw new IllegalArgumentException(
                    "column " + column + " has " + actual + " entries; expected " + expected);
        }
    }
}
