package dev.smt.jobs.ingest;

import dev.smt.data.EncodedExamplesBuilder;
import dev.smt.feature.Feature;
import dev.smt.jobs.ingest.FeatureEncoding.Id;
import dev.smt.jobs.ingest.FeatureEncoding.Number;
import dev.smt.jobs.ingest.FeatureEncoding.Sequence;
import dev.smt.jobs.ingest.FeatureEncoding.Vector;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Collects one feature's raw values, group of rows by group of rows, fits on the training rows (which come first), and encodes the
 * groups. Values become provisional codes at once and are spilled; codes become ids at the end. So one group is in memory, and what is learned.
 */
abstract class ColumnEncoder {
    private final FeatureConfiguration feature;
    private long missing;

    ColumnEncoder(FeatureConfiguration feature) {
        this.feature = feature;
    }

    /**
     * The encoder of a feature.
     *
     * @param texts ids are texts, not whole numbers
     * @param groupRows rows of a group, at the most
     * @param earlier what earlier training rows taught, which stays
     */
    static ColumnEncoder of(FeatureConfiguration feature, boolean texts, int groupRows, Optional<Fitted> earlier) {
        if (feature.encoding() instanceof Number number) {
            return new NumberEncoder(feature, number, groupRows, earlier);
        }
        if (feature.encoding() instanceof Vector vector) {
            return new VectorEncoder(feature, vector);
        }
        return feature.encoding() instanceof Sequence sequence
                ? new SequenceEncoder(feature, sequence, IdDictionary.of(sequence.ids(), texts, earlier), groupRows)
                : new IdEncoder(feature, IdDictionary.of(((Id) feature.encoding()).ids(), texts, earlier), groupRows);
    }

    /** Numbers or ids of a row, at the most. */
    static int valuesPerRow(FeatureEncoding encoding) {
        if (encoding instanceof Sequence sequence) {
            return sequence.maxLength();
        }
        return encoding instanceof Vector vector ? vector.width() : 1;
    }

    final FeatureConfiguration feature() {
        return feature;
    }

    /** Rows without a value. */
    final long missing() {
        return missing;
    }

    /**
     * Takes the next row's raw value.
     *
     * @param at its column
     * @param place of the row in its group
     */
    abstract void add(InternalRow row, int at, int place, boolean training);

    /** Spills a group's values: those since the last call. */
    abstract void spill(Spill to, int rows) throws IOException;

    /** Learns from the training rows; call when all of them were spilled, and before any other row. */
    void learn(Spill spill) throws IOException {}

    /** Where the feature's values have ids: their dictionary. */
    Optional<IdDictionary> dictionary() {
        return Optional.empty();
    }

    /** Adds a group's encoded column; groups are counted over all splits. */
    abstract void encode(Spill from, int group, EncodedExamplesBuilder builder) throws IOException;

    /** The encoded column's kind; call after {@link #learn}. */
    abstract Feature.Column column();

    /** What the training rows taught: needed to encode new rows in the same way. */
    abstract Fitted fitted();

    /** Ids of a group's sequences; 0 where the feature is none. */
    int sequenceValues(int group) {
        return 0;
    }

    final void noteMissing() {
        missing++;
    }

    final Feature encoded() {
        return new Feature(feature.name(), feature.type(), feature.side(), column());
    }

    /** What was learned from training rows. */
    sealed interface Fitted {
        /** Of a number. */
        record Standardization(boolean log1p, double mean, double standardDeviation) implements Fitted {}

        /** Of ids: the value of id 1, of id 2, ... */
        record Values(List<String> byId) implements Fitted {}

        /** Of hashed ids. */
        record Buckets(int buckets) implements Fitted {}

        /** Of vectors: nothing is. */
        record Given(int width) implements Fitted {}
    }
}
