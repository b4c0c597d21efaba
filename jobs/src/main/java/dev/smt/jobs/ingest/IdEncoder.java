package dev.smt.jobs.ingest;

import dev.smt.data.EncodedExamplesBuilder;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.jobs.ingest.Spill.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;

/** Encodes one id per row. */
final class IdEncoder extends ColumnEncoder {
    private final IdDictionary dictionary;
    private final int[] codes;
    private final List<Place> groups = new ArrayList<>();

    IdEncoder(FeatureConfiguration feature, IdDictionary dictionary, int groupRows) {
        super(feature);
        this.codes = new int[groupRows];
        this.dictionary = dictionary;
    }

    @Override
    void add(InternalRow row, int at, int place, boolean training) {
        if (row.isNullAt(at)) {
            noteMissing();
        }
        codes[place] = dictionary.code(row, at, training);
    }

    @Override
    void spill(Spill to, int rows) throws IOException {
        groups.add(to.write(codes, rows));
    }

    @Override
    void learn(Spill spill) throws IOException {
        dictionary.learn(spill);
    }

    @Override
    Optional<IdDictionary> dictionary() {
        return Optional.of(dictionary);
    }

    @Override
    void encode(Spill from, int group, EncodedExamplesBuilder builder) throws IOException {
        int[] ids = from.ints(groups.get(group));
        dictionary.toIds(ids, from);
        builder.ids(encoded(), ids);
    }

    @Override
    Feature.Column column() {
        return new IdColumn(dictionary.cardinality());
    }

    @Override
    Fitted fitted() {
        return dictionary.fitted();
    }
}
