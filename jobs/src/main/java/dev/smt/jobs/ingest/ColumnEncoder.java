package dev.smt.jobs.ingest;

import dev.smt.data.EncodedExamples;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.Feature.VectorColumn;
import dev.smt.jobs.ingest.FeatureEncoding.Id;
import dev.smt.jobs.ingest.FeatureEncoding.Number;
import dev.smt.jobs.ingest.FeatureEncoding.Sequence;
import dev.smt.jobs.ingest.FeatureEncoding.Vector;
import dev.smt.jobs.ingest.GrowingColumns.Doubles;
import dev.smt.jobs.ingest.GrowingColumns.Floats;
import dev.smt.jobs.ingest.GrowingColumns.Ints;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Collects one feature's raw values, fits on the training rows (which come first), and encodes all splits. One pass
 * over the rows: values become provisional codes at once, and codes become ids at the end.
 */
abstract class ColumnEncoder {
    private final FeatureConfiguration feature;
    private long missing;

    private ColumnEncoder(FeatureConfiguration feature) {
        this.feature = feature;
    }

    static ColumnEncoder of(FeatureConfiguration feature) {
        if (feature.encoding() instanceof Number number) {
            return new NumberEncoder(feature, number);
        }
        if (feature.encoding() instanceof Vector vector) {
            return new VectorEncoder(feature, vector);
        }
        return feature.encoding() instanceof Sequence sequence
                ? new SequenceEncoder(feature, sequence)
                : new IdEncoder(feature, (Id) feature.encoding());
    }

    FeatureConfiguration feature() {
        return feature;
    }

    /** Rows without a value. */
    long missing() {
        return missing;
    }

    /** Takes the next row's raw value, column {@code index}. */
    abstract void add(Split split, Row row, int index);

    /** Adds the split's encoded column. */
    abstract void encode(Split split, EncodedExamples.Builder builder);

    /** What the training rows taught: needed to encode new rows in the same way. */
    abstract Fitted fitted();

    final void noteMissing() {
        missing++;
    }

    final Feature encoded(Feature.Column column) {
        return new Feature(feature.name(), feature.type(), feature.side(), column);
    }

    private static <T> Map<Split, T> perSplit(Supplier<T> columns) {
        Map<Split, T> map = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            map.put(split, columns.get());
        }
        return map;
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

    private static final class NumberEncoder extends ColumnEncoder {
        /** A deviation below this share of the mean is the sum's rounding error: the number is constant. */
        private static final double ROUNDING = 1e-9;

        private final boolean log1p;
        private final Map<Split, Doubles> values = perSplit(Doubles::new);

        NumberEncoder(FeatureConfiguration feature, Number number) {
            super(feature);
            this.log1p = number.log1p();
        }

        @Override
        void add(Split split, Row row, int index) {
            double value = row.isNullAt(index) ? Double.NaN : row.getDouble(index);
            if (!Double.isFinite(value)) {
                noteMissing();
                value = Double.NaN;
            }
            values.get(split).add(log1p ? Math.copySign(StrictMath.log1p(Math.abs(value)), value) : value);
        }

        @Override
        void encode(Split split, EncodedExamples.Builder builder) {
            Fitted.Standardization fitted = fitted();
            Doubles raw = values.get(split);
            float[] encoded = new float[raw.size()];
            for (int row = 0; row < encoded.length; row++) {
                float value = (float) ((raw.get(row) - fitted.mean()) / fitted.standardDeviation());
                encoded[row] = Float.isFinite(value) ? value : 0;
            }
            double deviation = fitted.standardDeviation() > 0 ? fitted.standardDeviation() : 1;
            builder.numeric(encoded(new NumericColumn(fitted.mean(), deviation, log1p)), encoded);
        }

        /** Mean and population standard deviation, summed in the order of the rows, so that the bits are the same. */
        @Override
        Fitted.Standardization fitted() {
            Doubles train = values.get(Split.TRAIN);
            double sum = 0;
            int present = 0;
            for (int row = 0; row < train.size(); row++) {
                if (!Double.isNaN(train.get(row))) {
                    sum += train.get(row);
                    present++;
                }
            }
            double mean = present == 0 ? 0 : sum / present;
            double squares = 0;
            for (int row = 0; row < train.size(); row++) {
                double off = train.get(row) - mean;
                squares += Double.isNaN(off) ? 0 : off * off;
            }
            double deviation = present == 0 ? 0 : Math.sqrt(squares / present);
            boolean constant = deviation <= ROUNDING * Math.abs(mean);
            return new Fitted.Standardization(log1p, mean, constant ? 0 : deviation);
        }
    }

    private static final class IdEncoder extends ColumnEncoder {
        private final IdDictionary dictionary;
        private final Map<Split, Ints> codes = perSplit(Ints::new);

        IdEncoder(FeatureConfiguration feature, Id id) {
            super(feature);
            this.dictionary = IdDictionary.of(id.ids());
        }

        @Override
        void add(Split split, Row row, int index) {
            Object value = row.get(index);
            if (value == null) {
                noteMissing();
            }
            codes.get(split).add(dictionary.code(value, split == Split.TRAIN));
        }

        @Override
        void encode(Split split, EncodedExamples.Builder builder) {
            builder.ids(encoded(new IdColumn(dictionary.cardinality())), dictionary.ids(codes.get(split)));
        }

        @Override
        Fitted fitted() {
            return dictionary.fitted();
        }
    }

    private static final class SequenceEncoder extends ColumnEncoder {
        private final IdDictionary dictionary;
        private final int maxLength;
        private final Map<Split, Ints> codes = perSplit(Ints::new);
        private final Map<Split, Ints> offsets = perSplit(Ints::new);

        SequenceEncoder(FeatureConfiguration feature, Sequence sequence) {
            super(feature);
            this.dictionary = IdDictionary.of(sequence.ids());
            this.maxLength = sequence.maxLength();
            offsets.values().forEach(column -> column.add(0));
        }

        @Override
        void add(Split split, Row row, int index) {
            Ints column = codes.get(split);
            int before = column.size();
            if (!row.isNullAt(index)) {
                Iterator<Object> values = CollectionConverters.asJava(
                        row.<scala.collection.Seq<Object>>getAs(index).iterator());
                while (values.hasNext()) {
                    column.add(dictionary.code(values.next(), split == Split.TRAIN));
                }
            }
            if (column.size() == before) {
                noteMissing();
            }
            offsets.get(split).add(column.size());
        }

        @Override
        void encode(Split split, EncodedExamples.Builder builder) {
            builder.sequences(
                    encoded(new SequenceColumn(dictionary.cardinality(), maxLength)),
                    offsets.get(split).toArray(),
                    dictionary.ids(codes.get(split)));
        }

        @Override
        Fitted fitted() {
            return dictionary.fitted();
        }
    }

    private static final class VectorEncoder extends ColumnEncoder {
        private final int width;
        private final Map<Split, Floats> numbers = perSplit(Floats::new);

        VectorEncoder(FeatureConfiguration feature, Vector vector) {
            super(feature);
            this.width = vector.width();
        }

        /** Rows with another width or a number that is not finite have been refused before. */
        @Override
        void add(Split split, Row row, int index) {
            Floats column = numbers.get(split);
            if (row.isNullAt(index)) {
                noteMissing();
                for (int d = 0; d < width; d++) {
                    column.add(0);
                }
                return;
            }
            for (float number : row.<Float>getList(index)) {
                column.add(number);
            }
        }

        @Override
        void encode(Split split, EncodedExamples.Builder builder) {
            builder.vectors(encoded(new VectorColumn(width)), numbers.get(split).toArray());
        }

        @Override
        Fitted fitted() {
            return new Fitted.Given(width);
        }
    }
}
