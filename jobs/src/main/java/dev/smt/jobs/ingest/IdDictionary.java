package dev.smt.jobs.ingest;

import dev.smt.jobs.ingest.ColumnEncoder.Fitted;
import dev.smt.jobs.ingest.FeatureEncoding.Hashing;
import dev.smt.jobs.ingest.FeatureEncoding.IdEncoding;
import dev.smt.jobs.ingest.FeatureEncoding.Vocabulary;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;

/** Turns values into codes as they come, and codes into ids when all training rows have been seen. */
sealed interface IdDictionary permits LearnedVocabulary, IdDictionary.Hashed {
    /** The code of the value at a place, which may be null; only a value of a training row is learned. */
    int code(SpecializedGetters values, int at, boolean training);

    /** Call when all training rows are there, before any other. */
    void learn(Spill spill) throws IOException;

    /** Replaces codes by their ids. */
    void toIds(int[] codes, Spill from) throws IOException;

    /** Number of ids, id 0 counted. */
    int cardinality();

    Fitted fitted();

    /** Memory that {@link #spill} would give back, about. */
    long bytes();

    /** Gives back memory. */
    void spill(Spill to) throws IOException;

    /**
     * The dictionary of an encoding.
     *
     * @param texts the values are texts, not whole numbers
     * @param earlier what was learned before, if anything was
     */
    static IdDictionary of(IdEncoding encoding, boolean texts, Optional<Fitted> earlier) {
        if (encoding instanceof Hashing hashing) {
            return new Hashed(hashing.buckets());
        }
        List<String> known =
                earlier.map(fitted -> ((Fitted.Values) fitted).byId()).orElse(List.of());
        Vocabulary vocabulary = (Vocabulary) encoding;
        return texts
                ? new LearnedVocabulary<>(vocabulary, new DistinctValues.Texts(), known)
                : new LearnedVocabulary<>(vocabulary, new DistinctValues.Numbers(), known);
    }

    /** The values are hashes already; the code is the id. */
    record Hashed(int buckets) implements IdDictionary {
        @Override
        public int code(SpecializedGetters row, int at, boolean training) {
            return row.isNullAt(at) ? 0 : 1 + (int) Math.floorMod(row.getLong(at), (long) buckets);
        }

        @Override
        public void learn(Spill spill) {
            // Nothing is learned.
        }

        @Override
        public void toIds(int[] codes, Spill from) {
            // They are ids.
        }

        @Override
        public int cardinality() {
            return buckets + 1;
        }

        @Override
        public Fitted fitted() {
            return new Fitted.Buckets(buckets);
        }

        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public void spill(Spill to) {
            // Nothing is held.
        }
    }
}
