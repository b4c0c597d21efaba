package dev.smt.jobs.ingest;

import dev.smt.data.EncodedExamplesBuilder;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.jobs.ingest.FeatureEncoding.Sequence;
import dev.smt.jobs.ingest.Spill.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;

/** Encodes a list of ids per row. */
final class SequenceEncoder extends DictionaryEncoder {
    private final int maxLength;
    /** Where each row's codes end, and those of the group's rows. */
    private final int[] offsets;

    private int[] codes = new int[1024];
    private final List<Group> groups = new ArrayList<>();

    private record Group(Place offsets, Place codes) {}

    SequenceEncoder(FeatureConfiguration feature, Sequence sequence, IdDictionary dictionary, int groupRows) {
        super(feature, dictionary);
        this.offsets = new int[groupRows + 1];
        this.maxLength = sequence.maxLength();
    }

    @Override
    void add(InternalRow row, int at, int place, boolean training) {
        int end = offsets[place];
        if (row.isNullAt(at)) {
            noteMissing();
            offsets[place + 1] = end;
            return;
        }
        ArrayData values = row.getArray(at);
        int length = values.numElements();
        if (length == 0) {
            noteMissing();
        }
        if (codes.length - end < length) {
            codes = Arrays.copyOf(codes, Math.addExact(end + length, end >> 1));
        }
        for (int i = 0; i < length; i++) {
            codes[end + i] = ids().code(values, i, training);
        }
        offsets[place + 1] = end + length;
    }

    @Override
    void spill(Spill to, int rows) throws IOException {
        groups.add(new Group(to.write(offsets, rows + 1), to.write(codes, offsets[rows])));
    }

    @Override
    void encode(Spill from, int group, EncodedExamplesBuilder builder) throws IOException {
        int[] values = from.ints(groups.get(group).codes());
        ids().toIds(values, from);
        builder.sequences(encoded(), from.ints(groups.get(group).offsets()), values);
    }

    @Override
    int sequenceValues(int group) {
        return groups.get(group).codes().count();
    }

    @Override
    Feature.Column column() {
        return new SequenceColumn(ids().cardinality(), maxLength);
    }
}
