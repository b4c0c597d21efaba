package dev.smt.data;

import dev.smt.data.EncodedExamples.Sequences;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.VectorColumn;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * Writes a file of encoded examples row group by row group, so that no more than one is in memory. Groups have the same number of
 * rows, the last one the rest. Closing frees what packing takes; the stream stays open.
 */
public final class EncodedExamplesWriter implements Closeable {
    private final ExamplesHeader header;
    private final ColumnWriter out;
    private final BlockEncoder block = new BlockEncoder();
    private int rows;

    /**
     * Begins a file.
     *
     * @param rows of all groups
     * @param groupRows of each group but the last, 1 or more; see {@link RowGroupSize}
     * @param sequenceValues number of ids of each sequence feature, over all rows
     */
    public EncodedExamplesWriter(
            OutputStream out,
            int rows,
            int groupRows,
            List<Feature> features,
            Map<String, Integer> sequenceValues,
            List<String> labels)
            throws IOException {
        this(out, new ExamplesHeader(rows, groupRows, features, sequenceValues, labels));
    }

    EncodedExamplesWriter(OutputStream out, ExamplesHeader header) throws IOException {
        this.header = header;
        this.out = new ColumnWriter(out);
        byte[] json = header.toJson();
        this.out.ints(new int[] {EncodedExamplesFile.MAGIC, EncodedExamplesFile.FORMAT_VERSION, json.length});
        this.out.bytes(json);
        this.out.endColumn();
    }

    /**
     * Writes the next group.
     *
     * @throws IllegalArgumentException when it has other columns than the file, or another number of rows than is due
     */
    public void write(EncodedExamples group) throws IOException {
        requireDue(group);
        for (Feature feature : header.features()) {
            feature(group, feature);
        }
        for (String label : header.labels()) {
            block.floats(group.label(label));
            end();
        }
        block.bytes(group.bucketColumn());
        end();
        block.longs(group.rowHashColumn());
        end();
        block.differences(group.timeColumn());
        end();
        rows += group.rows();
    }

    /** @throws IllegalStateException when rows are missing */
    public void requireAll() {
        if (rows != header.rows()) {
            throw new IllegalStateException(rows + " rows were written; announced were " + header.rows());
        }
    }

    @Override
    public void close() {
        block.close();
    }

    private void requireDue(EncodedExamples group) {
        int due = header.groupRows(rows);
        if (group.rows() != due) {
            throw new IllegalArgumentException(
                    "the group after row " + rows + " has " + group.rows() + " rows; expected " + due);
        }
        if (!group.features().equals(header.features()) || !group.labels().equals(header.labels())) {
            throw new IllegalArgumentException("the group after row " + rows + " has other columns than the file: "
                    + group.features() + ", labels " + group.labels());
        }
    }

    private void feature(EncodedExamples group, Feature feature) throws IOException {
        String name = feature.name();
        if (feature.column() instanceof NumericColumn) {
            block.floats(group.numeric(name));
        } else if (feature.column() instanceof IdColumn) {
            block.ints(group.ids(name));
        } else if (feature.column() instanceof VectorColumn) {
            block.floats(group.vectors(name));
        } else {
            Sequences sequences = group.sequences(name);
            int[] lengths = new int[group.rows()];
            for (int row = 0; row < lengths.length; row++) {
                lengths[row] = sequences.offsets()[row + 1] - sequences.offsets()[row];
            }
            block.ints(lengths);
            block.ints(sequences.values());
        }
        end();
    }

    private void end() throws IOException {
        byte[] packed = block.take();
        out.ints(new int[] {packed.length});
        out.bytes(packed);
        out.endColumn();
    }
}
