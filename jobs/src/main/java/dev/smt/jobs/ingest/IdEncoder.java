package dev.smt.jobs.ingest;

import dev.smt.data.EncodedExamplesBuilder;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.jobs.ingest.Spill.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/** Encodes one id per row. */
final class IdEncoder extends DictionaryEncoder {
    private final int[] codes;
    private final List<Place> groups = new ArrayList<>();

    IdEncoder(FeatureConfiguration feature, IdDictionary dictionary, int groupRows) {
        super(feature, dictionary);
        this.codes = new int[groupRows];
    }

    @Override
    void add(InternalRow row, int at, int place, boolean training) {
        if (row.isNullAt(at)) {
            noteMissing();
        }
        codes[place] = ids().code(row, at, training);
    }

    @Override
    void spill(Spill to, int rows) throws IOException {
        groups.add(to.write(codes, rows));
    }

    @Override
    void encode(Spill from, int group, EncodedExamplesBuilder builder) throws IOException {
        int[] values = from.ints(groups.get(group));
        ids().toIds(values, from);
        builder.ids(encoded(), values);
    }

    @Override
    Feature.Column column() {
        return new IdColumn(ids().cardinality());
    }
}
