package dev.smt.jobs.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Distinct values and their counts that memory does not hold: spilled run by run, each run in parts by the values' hash. So a value is in the
 * same part of every run, and one part at a time is enough to sum its counts over the runs.
 *
 * @param <V> a value
 */
final class ValueRuns<V extends Comparable<V>> {
    private static final int PARTS = 64;

    private final DistinctValues<V> none;
    private final List<Run> runs = new ArrayList<>();
    private int codes;

    /** Values with the codes from one on. */
    private record Run(int firstCode, int size, List<Part> parts) {}

    private record Part(DistinctValues.Stored values, Spill.Place counts, Spill.Place codes) {}

    /** Is told a distinct value's count. */
    interface Counted<V> {
        void of(V value, long count);
    }

    ValueRuns(DistinctValues<V> none) {
        this.none = none;
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    /** Number of codes, of all runs. */
    int codes() {
        return codes;
    }

    /** Spills values with their counts as the next run. */
    void add(DistinctValues<V> values, int[] counts, Spill to) throws IOException {
        List<Part> parts = new ArrayList<>();
        for (int[] of : byPart(values)) {
            int[] counted = IntStream.of(of).map(code -> counts[code]).toArray();
            parts.add(new Part(values.write(to, of), to.write(counted, of.length), to.write(of, of.length)));
        }
        runs.add(new Run(codes, values.size(), parts));
        codes = Math.addExact(codes, values.size());
    }

    /** Tells each distinct value's count in all the runs. */
    void count(Spill from, Counted<V> counted) throws IOException {
        for (int part = 0; part < PARTS; part++) {
            DistinctValues<V> distinct = none.none();
            long[] sums = {};
            for (Run run : runs) {
                List<V> values = none.read(from, run.parts().get(part).values());
                int[] counts = from.ints(run.parts().get(part).counts());
                sums = Arrays.copyOf(sums, distinct.size() + values.size());
                for (int i = 0; i < counts.length; i++) {
                    sums[distinct.add(values.get(i))] += counts[i];
                }
            }
            for (int code = 0; code < distinct.size(); code++) {
                counted.of(distinct.value(code), sums[code]);
            }
        }
    }

    /** The ids of each run's codes, spilled: where a value has none, 0. */
    List<CodeIds.Range> ids(DistinctValues<V> ranked, Spill spill) throws IOException {
        List<CodeIds.Range> ranges = new ArrayList<>();
        for (Run run : runs) {
            int[] ids = new int[run.size()];
            for (Part part : run.parts()) {
                List<V> values = none.read(spill, part.values());
                int[] of = spill.ints(part.codes());
                for (int i = 0; i < of.length; i++) {
                    ids[of[i]] = 1 + ranked.find(values.get(i));
                }
            }
            ranges.add(new CodeIds.Range(run.firstCode(), spill.write(ids, ids.length)));
        }
        return ranges;
    }

    /** The codes of the values of each part. */
    private static <V extends Comparable<V>> int[][] byPart(DistinctValues<V> values) {
        int[] parts = new int[values.size()];
        int[] sizes = new int[PARTS];
        for (int code = 0; code < parts.length; code++) {
            parts[code] = part(values.value(code));
            sizes[parts[code]]++;
        }
        int[][] codes = IntStream.of(sizes).mapToObj(int[]::new).toArray(int[][]::new);
        int[] ends = new int[PARTS];
        for (int code = 0; code < parts.length; code++) {
            codes[parts[code]][ends[parts[code]]++] = code;
        }
        return codes;
    }

    /** Of other bits than those that say where a value is in {@link DistinctValues}. */
    private static int part(Object value) {
        int hash = value.hashCode();
        hash = (hash ^ hash >>> 16) * 0x85EBCA6B;
        return (hash ^ hash >>> 13) & PARTS - 1;
    }
}
