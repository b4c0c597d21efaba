package dev.smt.jobs.ingest;

import dev.smt.jobs.ingest.ColumnEncoder.Fitted;
import dev.smt.jobs.ingest.FeatureEncoding.Vocabulary;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;

/**
 * Ids by descending count, then value; behind those that were learned before, which stay. Where memory does not hold the distinct values they
 * are spilled as a run, and the next ones begin anew, with codes behind those of the run: the result is the same.
 *
 * @param <V> a value
 */
final class LearnedVocabulary<V extends Comparable<V>> implements IdDictionary {
    private static final int UNKNOWN = -1;

    private final Vocabulary vocabulary;
    private final List<V> earlier;
    private final ValueRuns<V> runs;
    /** Those that came since the last run; when all training rows were there after a run, those that have an id. */
    private DistinctValues<V> values;

    private int[] counts = {};
    private Optional<Learned<V>> learned = Optional.empty();

    /**
     * What all training rows taught.
     *
     * @param ranked the value of id 1, of id 2, ...
     */
    private record Learned<V extends Comparable<V>>(DistinctValues<V> ranked, CodeIds ids) {}

    LearnedVocabulary(Vocabulary vocabulary, DistinctValues<V> none, List<String> earlier) {
        this.vocabulary = vocabulary;
        this.earlier = earlier.stream().map(none::parse).toList();
        this.runs = new ValueRuns<>(none);
        this.values = none.none();
        this.earlier.forEach(values::add);
        this.counts = new int[this.earlier.size()];
    }

    @Override
    public int code(SpecializedGetters row, int at, boolean training) {
        if (row.isNullAt(at)) {
            return UNKNOWN;
        }
        if (!training) {
            int code = values.find(row, at);
            return code < 0 ? UNKNOWN : runs.codes() + code;
        }
        int code = values.add(row, at);
        if (code >= counts.length) {
            counts = Arrays.copyOf(counts, Math.max(1024, Math.addExact(code, code >> 1)));
        }
        counts[code]++;
        return Math.addExact(runs.codes(), code);
    }

    @Override
    public long bytes() {
        return learned.isPresent() ? 0 : values.bytes() + (long) Integer.BYTES * counts.length;
    }

    @Override
    public void spill(Spill to) throws IOException {
        DistinctValues<V> run = values;
        values = run.none();
        runs.add(run, counts, to);
        counts = new int[0];
    }

    @Override
    public void learn(Spill spill) throws IOException {
        if (runs.isEmpty()) {
            DistinctValues<V> ranked = ranked(counted -> {
                for (int code = 0; code < values.size(); code++) {
                    counted.of(values.value(code), counts[code]);
                }
            });
            int[] ids = IntStream.range(0, values.size())
                    .map(code -> 1 + ranked.find(values.value(code)))
                    .toArray();
            learned = Optional.of(new Learned<>(ranked, new CodeIds(List.of(), ids)));
        } else {
            spill(spill);
            DistinctValues<V> ranked = ranked(counted -> runs.count(spill, counted));
            int[] ids = IntStream.rangeClosed(1, ranked.size()).toArray();
            learned = Optional.of(new Learned<>(ranked, new CodeIds(runs.ids(ranked, spill), ids)));
            values = ranked;
        }
    }

    /** Tells what it has counted. */
    private interface Counts<V> {
        void to(ValueRuns.Counted<V> counted) throws IOException;
    }

    private DistinctValues<V> ranked(Counts<V> counted) throws IOException {
        DistinctValues<V> ranked = values.none();
        earlier.forEach(ranked::add);
        TopValues<V> top = new TopValues<>(Math.max(0, vocabulary.maxSize() - earlier.size()));
        counted.to((value, count) -> {
            if (count >= vocabulary.minCount() && ranked.find(value) < 0) {
                top.add(value, count);
            }
        });
        top.values().forEach(ranked::add);
        return ranked;
    }

    @Override
    public void toIds(int[] codes, Spill from) throws IOException {
        CodeIds ids = learned().ids();
        for (int i = 0; i < codes.length; i++) {
            codes[i] = codes[i] == UNKNOWN ? 0 : ids.of(codes[i], from);
        }
    }

    @Override
    public int cardinality() {
        return learned().ranked().size() + 1;
    }

    @Override
    public Fitted fitted() {
        DistinctValues<V> ranked = learned().ranked();
        return new Fitted.Values(IntStream.range(0, ranked.size())
                .mapToObj(code -> ranked.value(code).toString())
                .toList());
    }

    private Learned<V> learned() {
        return learned.orElseThrow(() -> new IllegalStateException("learn was not called"));
    }
}
