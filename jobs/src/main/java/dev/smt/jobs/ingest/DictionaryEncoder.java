package dev.smt.jobs.ingest;

import java.io.IOException;
import java.util.Optional;

/** Encodes a column of ids, one or several per row, by a dictionary. */
abstract class DictionaryEncoder extends ColumnEncoder {
    private final IdDictionary ids;

    DictionaryEncoder(FeatureConfiguration feature, IdDictionary ids) {
        super(feature);
        this.ids = ids;
    }

    final IdDictionary ids() {
        return ids;
    }

    @Override
    final void learn(Spill spill) throws IOException {
        ids.learn(spill);
    }

    @Override
    final Optional<IdDictionary> dictionary() {
        return Optional.of(ids);
    }

    @Override
    final Fitted fitted() {
        return ids.fitted();
    }
}
