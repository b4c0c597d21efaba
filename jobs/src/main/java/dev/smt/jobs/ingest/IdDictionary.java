package dev.smt.jobs.ingest;

import dev.smt.jobs.ingest.ColumnEncoder.Fitted;
import dev.smt.jobs.ingest.FeatureEncoding.Hashing;
import dev.smt.jobs.ingest.FeatureEncoding.IdEncoding;
import dev.smt.jobs.ingest.FeatureEncoding.Vocabulary;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;

/** Turns values into codes as they come, and codes into ids when all training rows have been seen. */
interface IdDictionary {
    /** The code of the value at a place, which may be null; only a value of a training row is learned. */
    int code(SpecializedGetters values, int at, boolean training);

    /** Replaces codes by their ids. */
    void toIds(int[] codes);

    /** Number of ids, id 0 counted. */
    int cardinality();

    Fitted fitted();

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
        return new Learned(
                (Vocabulary) encoding, texts ? new DistinctValues.Texts() : new DistinctValues.Numbers(), known);
    }

    /** Ids by descending count, then value; behind those that were learned before, which stay. */
    final class Learned implements IdDictionary {
        private static final int UNKNOWN = -1;

        private final Vocabulary vocabulary;
        private final DistinctValues values;
        private final List<String> earlier;
        private int[] counts = {};
        private Optional<Ranking> ranking = Optional.empty();

        /**
         * Which values have ids.
         *
         * @param texts of ids 1, 2, ...
         * @param idOfCode 0 for a code without an id
         */
        private record Ranking(List<String> texts, int[] idOfCode) {}

        Learned(Vocabulary vocabulary, DistinctValues values, List<String> earlier) {
            this.vocabulary = vocabulary;
            this.values = values;
            this.earlier = earlier;
            earlier.forEach(values::add);
        }

        @Override
        public int code(SpecializedGetters row, int at, boolean training) {
            if (row.isNullAt(at)) {
                return UNKNOWN;
            }
            if (!training) {
                return values.find(row, at);
            }
            int code = values.add(row, at);
            if (code >= counts.length) {
                counts = Arrays.copyOf(counts, Math.max(1024, Math.addExact(code, code >> 1)));
            }
            counts[code]++;
            return code;
        }

        @Override
        public void toIds(int[] codes) {
            int[] idOfCode = ranking().idOfCode();
            for (int i = 0; i < codes.length; i++) {
                codes[i] = codes[i] == UNKNOWN ? 0 : idOfCode[codes[i]];
            }
        }

        @Override
        public int cardinality() {
            return ranking().texts().size() + 1;
        }

        @Override
        public Fitted fitted() {
            return new Fitted.Values(ranking().texts());
        }

        private Ranking ranking() {
            if (ranking.isEmpty()) {
                Comparator<Integer> byCount = Comparator.comparingInt(code -> counts[code]);
                IntStream learned = IntStream.range(earlier.size(), values.size())
                        .filter(code -> counts[code] >= vocabulary.minCount())
                        .boxed()
                        .sorted(byCount.reversed().thenComparing(values.order()))
                        .limit(Math.max(0, vocabulary.maxSize() - earlier.size()))
                        .mapToInt(Integer::intValue);
                int[] ranked = IntStream.concat(IntStream.range(0, earlier.size()), learned)
                        .toArray();
                int[] idOfCode = new int[values.size()];
                for (int rank = 0; rank < ranked.length; rank++) {
                    idOfCode[ranked[rank]] = rank + 1;
                }
                ranking = Optional.of(
                        new Ranking(IntStream.of(ranked).mapToObj(values::text).toList(), idOfCode));
            }
            return ranking.get();
        }
    }

    /** The values are hashes already; the code is the id. */
    final class Hashed implements IdDictionary {
        private final int buckets;

        Hashed(int buckets) {
            this.buckets = buckets;
        }

        @Override
        public int code(SpecializedGetters row, int at, boolean training) {
            return row.isNullAt(at) ? 0 : 1 + (int) Math.floorMod(row.getLong(at), (long) buckets);
        }

        @Override
        public void toIds(int[] codes) {
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
    }
}
