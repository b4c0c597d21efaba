package dev.smt.jobs.ingest;

import dev.smt.jobs.ingest.ColumnEncoder.Fitted;
import dev.smt.jobs.ingest.FeatureEncoding.Hashing;
import dev.smt.jobs.ingest.FeatureEncoding.IdEncoding;
import dev.smt.jobs.ingest.FeatureEncoding.Vocabulary;
import dev.smt.jobs.ingest.GrowingColumns.Ints;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Turns values (Long or String) into codes as they come, and codes into ids when all training rows have been seen. */
interface IdDictionary {
    /** The code of a value, which may be null; only a value of a training row is learned. */
    int code(Object value, boolean training);

    /** The ids of codes. */
    int[] ids(Ints codes);

    /** Number of ids, id 0 counted. */
    int cardinality();

    Fitted fitted();

    static IdDictionary of(IdEncoding encoding) {
        return encoding instanceof Vocabulary vocabulary
                ? new Learned(vocabulary)
                : new Hashed(((Hashing) encoding).buckets());
    }

    /** Ids by descending count, then value. */
    final class Learned implements IdDictionary {
        private static final int UNKNOWN = -1;

        private final Vocabulary vocabulary;
        private final Map<Object, Integer> codes = new HashMap<>();
        private final List<Object> values = new ArrayList<>();
        private final Ints counts = new Ints();
        private Optional<int[]> ranked = Optional.empty();

        Learned(Vocabulary vocabulary) {
            this.vocabulary = vocabulary;
        }

        @Override
        public int code(Object value, boolean training) {
            Integer known = value == null ? Integer.valueOf(UNKNOWN) : codes.get(value);
            if (known == null && training) {
                known = values.size();
                codes.put(value, known);
                values.add(value);
                counts.add(0);
            }
            if (known == null || known == UNKNOWN) {
                return UNKNOWN;
            }
            if (training) {
                counts.increment(known);
            }
            return known;
        }

        @Override
        public int[] ids(Ints column) {
            int[] idOfCode = new int[values.size()];
            int[] ranking = ranking();
            for (int rank = 0; rank < ranking.length; rank++) {
                idOfCode[ranking[rank]] = rank + 1;
            }
            int[] ids = column.toArray();
            for (int i = 0; i < ids.length; i++) {
                ids[i] = ids[i] == UNKNOWN ? 0 : idOfCode[ids[i]];
            }
            return ids;
        }

        @Override
        public int cardinality() {
            return ranking().length + 1;
        }

        @Override
        public Fitted fitted() {
            return new Fitted.Values(IntStream.of(ranking())
                    .mapToObj(code -> values.get(code).toString())
                    .toList());
        }

        /** Codes in the order of their ids. */
        private int[] ranking() {
            if (ranked.isEmpty()) {
                Comparator<Integer> byCount = Comparator.comparingInt(counts::get);
                Comparator<Integer> byValue = (one, other) -> compare(values.get(one), values.get(other));
                ranked = Optional.of(IntStream.range(0, values.size())
                        .filter(code -> counts.get(code) >= vocabulary.minCount())
                        .boxed()
                        .sorted(byCount.reversed().thenComparing(byValue))
                        .limit(vocabulary.maxSize())
                        .mapToInt(Integer::intValue)
                        .toArray());
            }
            return ranked.get();
        }

        private static int compare(Object one, Object other) {
            return one instanceof Long number
                    ? Long.compare(number, (Long) other)
                    : one.toString().compareTo(other.toString());
        }
    }

    /** The values are hashes already; the code is the id. */
    final class Hashed implements IdDictionary {
        private final int buckets;

        Hashed(int buckets) {
            this.buckets = buckets;
        }

        @Override
        public int code(Object value, boolean training) {
            return value == null ? 0 : 1 + (int) Math.floorMod((long) (Long) value, (long) buckets);
        }

        @Override
        public int[] ids(Ints codes) {
            return codes.toArray();
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
