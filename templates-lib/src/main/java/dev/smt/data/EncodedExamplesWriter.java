package dev.smt.data;

import dev.smt.data.EncodedExamples.Sequences;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.VectorColumn;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * Writes a file of encoded examples row group by row group, so that no more than one is in memory; {@link RowGroupSize} says how
 * many rows are good. Closing frees what packing takes; the stream stays open.
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
     * @param sequenceValues number of ids of each sequence feature, over all rows
     */
    public EncodedExamplesWriter(
            OutputStream out,
            int rows,
            List<Feature> features,
            Map<String, Integer> sequenceValues,
            List<String> labels)
            throws IOException {
        this(out, new ExamplesHeader(rows, features, sequenceValues, labels));
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
     * @throws IllegalArgumentException when it has other columns than the file, or more rows than are left
     */
    public void write(EncodedExamples group) throws IOException {
        requireDue(group);
        out.ints(new int[] {group.rows()});
        out.endColumn();
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

    /**
     * Begins a file with the groups of another one, as they are, without unpacking them.
     *
     * @param earlier a file of the same columns; its ids may be of smaller cardinality
     * @param rows of the groups that follow
     * @param sequenceValues of the rows that follow
     * @throws ExamplesFormatException when {@code earlier} is no file of encoded examples
     * @throws IllegalArgumentException when it has other columns
     */
    public static EncodedExamplesWriter after(
            InputStream earlier,
            OutputStream out,
            int rows,
            List<Feature> features,
            Map<String, Integer> sequenceValues,
            List<String> labels)
            throws IOException {
        ColumnReader reader = new ColumnReader(earlier);
        int version = EncodedExamplesFile.readVersion(reader);
        ExamplesHeader before = EncodedExamplesFile.readHeader(reader);
        ExamplesHeader more = new ExamplesHeader(rows, features, sequenceValues, labels);
        if (!before.hasColumnsOf(more)) {
            throw new IllegalArgumentException("rows of " + before.features() + ", labels " + before.labels()
                    + " can't be followed by rows of " + features + ", labels " + labels);
        }
        EncodedExamplesWriter writer = new EncodedExamplesWriter(out, before.with(more));
        if (version == EncodedExamplesFile.FORMAT_VERSION) {
            earlier.transferTo(out);
            writer.rows = before.rows();
        } else {
            writer.writeAll(EncodedExamplesFile.readColumns(reader, before).as(features));
        }
        return writer;
    }

    /** Writes examples as groups of a good size. */
    void writeAll(EncodedExamples examples) throws IOException {
        int groupRows = RowGroupSize.of(header.features());
        for (int from = 0; from < examples.rows(); from += groupRows) {
            write(examples.range(from, Math.min(examples.rows(), from + groupRows)));
        }
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
        if (group.rows() == 0 || group.rows() > header.rows() - rows) {
            throw new IllegalArgumentException("the group after row " + rows + " has " + group.rows()
                    + " rows; expected 1 to " + (header.rows() - rows));
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
