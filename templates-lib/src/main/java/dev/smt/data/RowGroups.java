package dev.smt.data;

import dev.smt.data.EncodedExamples.Sequences;
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
    private final Map<String, float[]> floats = new LinkedHashMap<>();
    private final Map<String, int[]> ids = new LinkedHashMap<>();
    private final Map<String, Sequences> sequences = new LinkedHashMap<>();
    private final Map<String, float[]> labels = new LinkedHashMap<>();
    private final byte[] buckets;
    private final long[] hashes;
    private final long[] times;

    /** What unpacks a block into a column. */
    private interface Column {
        void unpack() throws ExamplesFormatException;
    }

    RowGroups(ColumnReader in, ExamplesHeader header) {
        this.in = in;
        this.header = header;
        int rows = header.rows();
        for (Feature feature : header.features()) {
            if (feature.column() instanceof IdColumn) {
                ids.put(feature.name(), new int[rows]);
            } else if (feature.column() instanceof SequenceColumn) {
                int values = header.sequenceValues().get(feature.name());
                sequences.put(feature.name(), new Sequences(new int[rows + 1], new int[values]));
            } else {
                floats.put(feature.name(), new float[Math.multiplyExact(rows, width(feature))]);
            }
        }
        header.labels().forEach(label -> labels.put(label, new float[rows]));
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
                builder.sequences(
                        feature,
                        sequences.get(name).offsets(),
                        sequences.get(name).values());
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
                    block.ints(ids.get(name), from, rows);
                } else if (feature.column() instanceof SequenceColumn) {
                    sequences(sequences.get(name), from, rows);
                } else {
                    block.floats(floats.get(name), from * width(feature), rows * width(feature));
                }
            });
        }
        for (String label : header.labels()) {
            unpack("label " + label, () -> block.floats(labels.get(label), from, rows));
        }
        unpack("buckets", () -> block.bytes(buckets, from, rows));
        unpack("row hashes", () -> block.longs(hashes, from, rows));
        unpack("times", () -> block.differences(times, from, rows));
    }

    private void sequences(Sequences to, int from, int rows) throws ExamplesFormatException {
        int[] offsets = to.offsets();
        block.ints(offsets, from + 1, rows);
        int first = offsets[from];
        for (int row = from; row < from + rows; row++) {
            long next = (long) offsets[row] + offsets[row + 1];
            if (offsets[row + 1] < 0 || next > to.values().length) {
                throw new ExamplesFormatException("row " + row + " ends at id " + next + " of " + to.values().length);
            }
            offsets[row + 1] = (int) next;
        }
        block.ints(to.values(), first, offsets[from + rows] - first);
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
