package dev.smt.jobs.ingest;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.sql.types.StructType;

/**
 * Counts the rows of the pipelines whose rows are in a partition, per split. A loop of its own: Spark's aggregates look at every column of a
 * row by itself, which takes a fifth of ingest's CPU, and compile code for each of thousands of features.
 */
final class CellCounter implements FlatMapFunction<Iterator<InternalRow>, ArrayList<CellCounter.Found>> {
    private static final long serialVersionUID = 1L;
    private static final long SEED = 42;

    private final ExamplePlaces at;
    private final StructType schema;
    private final TimeBounds bounds;
    private final ArrayList<ValueCheck> checks;
    private final ArrayList<Boolean> amounts;
    private final int limit;

    /**
     * What was counted of a pipeline's split.
     *
     * @param by values of the columns that make the pipeline; a value may be null
     * @param positives rows with label 1, or with an amount above 0, per label
     * @param wrong rows for which a check does not hold, per check
     * @param examples a wrong value, per check; null where there is none
     */
    record Found(
            String pipeline,
            ArrayList<Object> by,
            Split split,
            long rows,
            String fingerprint,
            long withoutTime,
            long[] positives,
            long[] wrong,
            String[] examples)
            implements Serializable {}

    private record Key(ArrayList<Object> pipelineAndBy, Split split) {}

    /** The hash of any order of the same rows is the same. */
    private static final class Counts {
        private final long[] positives;
        private final long[] wrong;
        private final String[] examples;
        private long rows;
        private long withoutTime;
        private long xor;
        private long low;
        private long high;

        private Counts(int labels, int checks) {
            this.positives = new long[labels];
            this.wrong = new long[checks];
            this.examples = new String[checks];
        }

        private void add(long hash) {
            rows++;
            xor ^= hash;
            low += hash & 0xFFFFFFFFL;
            high += hash >>> Integer.SIZE;
        }

        private String fingerprint() {
            return String.format("%016x%x%x", xor, low, high);
        }
    }

    /**
     * A counter.
     *
     * @param schema of the rows
     * @param limit how many pipelines and splits a partition may have; where it has more, it gives one more and the rest is not counted
     */
    CellCounter(InputConfiguration input, ExamplePlaces at, StructType schema, TimeBounds bounds, int limit) {
        this.at = at;
        this.schema = schema;
        this.bounds = bounds;
        this.checks = ValueCheck.of(input, at);
        this.amounts = new ArrayList<>(
                input.labelNames().stream().map(input.amounts()::contains).toList());
        this.limit = limit;
    }

    @Override
    public Iterator<ArrayList<Found>> call(Iterator<InternalRow> rows) {
        Map<Key, Counts> cells = new HashMap<>();
        while (rows.hasNext() && cells.size() <= limit) {
            InternalRow row = rows.next();
            Counts counts = cells.get(key(row));
            if (counts == null) {
                counts = new Counts(amounts.size(), checks.size());
                cells.put(key(row.copy()), counts);
            }
            add(row, counts);
        }
        ArrayList<Found> found = new ArrayList<>();
        cells.forEach((key, counts) -> found.add(found(key, counts)));
        return List.of(found).iterator();
    }

    private Key key(InternalRow row) {
        ArrayList<Object> values = new ArrayList<>(1 + at.by());
        for (int i = at.pipeline(); i < at.firstBy() + at.by(); i++) {
            values.add(row.isNullAt(i) ? null : row.get(i, schema.apply(i).dataType()));
        }
        return new Key(values, row.isNullAt(at.time()) ? Split.TEST : bounds.splitOf(row.getLong(at.time())));
    }

    private void add(InternalRow row, Counts counts) {
        UnsafeRow bytes = (UnsafeRow) row;
        counts.add(XXH64.hashUnsafeWords(bytes.getBaseObject(), bytes.getBaseOffset(), bytes.getSizeInBytes(), SEED));
        counts.withoutTime += row.isNullAt(at.time()) ? 1 : 0;
        for (int i = 0; i < counts.positives.length; i++) {
            int label = at.labels() + i;
            if (!row.isNullAt(label)) {
                double value = row.getDouble(label);
                counts.positives[i] += (amounts.get(i) ? value > 0 : value == 1) ? 1 : 0;
            }
        }
        for (int i = 0; i < counts.wrong.length; i++) {
            if (!checks.get(i).holds(row)) {
                counts.wrong[i]++;
                String text = checks.get(i).text(row);
                counts.examples[i] = counts.examples[i] == null || text.compareTo(counts.examples[i]) > 0
                        ? text
                        : counts.examples[i];
            }
        }
    }

    private Found found(Key key, Counts counts) {
        ArrayList<Object> by = new ArrayList<>();
        for (int i = 0; i < at.by(); i++) {
            by.add(CatalystTypeConverters.convertToScala(
                    key.pipelineAndBy().get(1 + i),
                    schema.apply(at.firstBy() + i).dataType()));
        }
        return new Found(
                key.pipelineAndBy().get(0).toString(),
                by,
                key.split(),
                counts.rows,
                counts.fingerprint(),
                counts.withoutTime,
                counts.positives,
                counts.wrong,
                counts.examples);
    }

    /** All checks, in the order in which they are counted. */
    List<ValueCheck> checks() {
        return List.copyOf(checks);
    }
}
