package dev.smt.data;

import dev.smt.data.ColumnStorage.Floats;
import dev.smt.data.ColumnStorage.Ints;
import dev.smt.data.EncodedExamples.StoredSequences;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.Feature.VectorColumn;
import java.io.Closeable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the row groups that {@link EncodedExamplesWriter} wrote behind a file's header into columns of all rows. */
final class RowGroups implements Closeable {
    private final ColumnReader in;
    private final ExamplesHeader header;
    private final BlockDecoder block = new BlockDecoder();
    private final ColumnStorage storage;
    private final Map<String, Floats> floats = new LinkedHashMap<>();
    private final Map<String, Ints> ids = new LinkedHashMap<>();
    private final Map<String, StoredSequences> sequences = new LinkedHashMap<>();
    /** Ids of a sequence column that the groups before have. */
    private final Map<String, Integer> sequenceEnds = new LinkedHashMap<>();

    private final Map<String, Floats> labels = new LinkedHashMap<>();
    private final byte[] buckets;
    private final long[] hashes;
    private final long[] times;

    /** What unpacks a block into a column. */
    private interface Column {
        void unpack() throws IOException;
    }

    RowGroups(ColumnReader in, ExamplesHeader header, ColumnStorage storage) throws IOException {
        this.in = in;
        this.header = header;
        this.storage = storage;
        int rows = header.rows();
        for (Feature feature : header.features()) {
            if (feature.column() instanceof IdColumn) {
                ids.put(feature.name(), storage.ints(rows));
            } else if (feature.column() instanceof SequenceColumn) {
                int values = header.sequenceValues().get(feature.name());
                Ints offsets = storage.ints(rows + 1);
                offsets.add(new int[1], 1);
                sequences.put(feature.name(), new StoredSequences(offsets, storage.ints(values)));
                sequenceEnds.put(feature.name(), 0);
            } else {
                floats.put(feature.name(), storage.floats(Math.multiplyExact(rows, width(feature))));
            }
        }
        for (String label : header.labels()) {
            labels.put(label, storage.floats(rows));
        }
        this.buckets = new byte[rows];
        this.hashes = new long[rows];
        this.times = new long[rows];
    }

    /** All rows; the stream is then behind the last group. */
    EncodedExamples read() throws IOException {
        int from = 0;
        while (from < header.rows()) {
            int rows = in.ints(1)[0];
            in.endColumn("a group's number of rows");
            if (rows < 1 || rows > header.rows() - from) {
                throw new ExamplesFormatException("the group after row " + from + " claims " + rows
                        + " rows; allowed: 1 to " + (header.rows() - from));
            }
            group(from, rows);
            from += rows;
        }
        storage.complete();
        EncodedExamplesBuilder builder = EncodedExamples.builder(header.rows());
        for (Feature feature : header.features()) {
            String name = feature.name();
            if (feature.column() instanceof NumericColumn) {
                builder.numeric(feature, floats.get(name));
            } else if (feature.column() instanceof IdColumn) {
                builder.ids(feature, ids.get(name));
            } else if (feature.column() instanceof VectorColumn) {
                builder.vectors(feature, floats.get(name));
            } else {
                builder.sequences(feature, sequences.get(name));
            }
        }
        labels.forEach(builder::label);
        return builder.buckets(buckets).rowHashes(hashes).times(times).build();
    }

    @Override
    public void close() {
        block.close();
    }

    private void group(int from, int rows) throws IOException {
        for (Feature feature : header.features()) {
            String name = feature.name();
            unpack("feature " + name, () -> {
                if (feature.column() instanceof IdColumn) {
                    ids.get(name).add(ints(rows), rows);
                } else if (feature.column() instanceof SequenceColumn) {
                    sequences(name, from, rows);
                } else {
                    int numbers = Math.multiplyExact(rows, width(feature));
                    floats.get(name).add(floats(numbers), numbers);
                }
            });
        }
        for (String label : header.labels()) {
            unpack("label " + label, () -> labels.get(label).add(floats(rows), rows));
        }
        unpack("buckets", () -> block.bytes(buckets, from, rows));
        unpack("row hashes", () -> block.longs(hashes, from, rows));
        unpack("times", () -> block.differences(times, from, rows));
    }

    private int[] ints(int count) throws ExamplesFormatException {
        int[] values = new int[count];
        block.ints(values, 0, count);
        return values;
    }

    private float[] floats(int count) throws ExamplesFormatException {
        float[] values = new float[count];
        block.floats(values, 0, count);
        return values;
    }

    private void sequences(String name, int from, int rows) throws IOException {
        int all = header.sequenceValues().get(name);
        int first = sequenceEnds.get(name);
        int[] ends = ints(rows);
        int end = first;
        for (int i = 0; i < rows; i++) {
            long next = (long) end + ends[i];
            if (ends[i] < 0 || next > all) {
                throw new ExamplesFormatException("row " + (from + i) + " ends at id " + next + " of " + all);
            }
            end = (int) next;
            ends[i] = end;
        }
        sequences.get(name).offsets().add(ends, rows);
        sequences.get(name).values().add(ints(end - first), end - first);
        sequenceEnds.put(name, end);
    }

    private void unpack(String name, Column column) throws IOException {
        int length = in.ints(1)[0];
        if (length < 0) {
            throw new ExamplesFormatException(name + " claims a block of " + length + " bytes");
        }
        byte[] packed = in.bytes(length);
        in.endColumn(name);
        block.take(packed);
        try {
            column.unpack();
            block.requireEnd();
        } catch (ExamplesFormatException wrong) {
            throw new ExamplesFormatException(name + ": " + wrong.getMessage(), wrong);
        }
    }

    private static int width(Feature feature) {
        return feature.column() instanceof VectorColumn vector ? vector.width() : 1;
    }
}
