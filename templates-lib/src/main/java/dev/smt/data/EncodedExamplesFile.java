package dev.smt.data;

import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.VectorColumn;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The file format of encoded examples: groups of rows, columnar, packed, each column with its own checksum. The layout is in
 * {@code docs/formats.md}. Streams are neither buffered nor closed here. Files of versions 1 and 2, whose columns are not packed, are read.
 */
public final class EncodedExamplesFile {
    /** The version that is written. */
    public static final int FORMAT_VERSION = 3;

    private static final int FIRST_WITH_ROW_GROUPS = 3;

    /** The letters SMTX as a little-endian number. */
    static final int MAGIC = 'S' | 'M' << 8 | 'T' << 16 | 'X' << 24;

    private static final int MAX_HEADER_BYTES = 64 << 20;

    private EncodedExamplesFile() {}

    /** Writes all rows and columns. */
    public static void write(EncodedExamples examples, OutputStream out) throws IOException {
        ExamplesHeader header = ExamplesHeader.of(examples);
        try (EncodedExamplesWriter writer = new EncodedExamplesWriter(out, header)) {
            writer.writeAll(examples);
        }
    }

    /**
     * Reads what {@link #write} wrote, to the end of the stream.
     *
     * @throws ExamplesFormatException when it is not such a file, or damaged, cut short, or of a newer format
     */
    public static EncodedExamples read(InputStream in) throws IOException {
        return read(in, new HeapColumns());
    }

    /**
     * The same, with the columns somewhere else than in the heap. Those of files of versions 1 and 2 are in the heap all the same.
     *
     * @throws IOException when they can't be written there, too
     */
    public static EncodedExamples read(InputStream in, ColumnStorage storage) throws IOException {
        ColumnReader reader = new ColumnReader(in);
        int version = readVersion(reader);
        ExamplesHeader header = readHeader(reader);
        EncodedExamples examples;
        try {
            examples =
                    version < FIRST_WITH_ROW_GROUPS ? readColumns(reader, header) : readGroups(reader, header, storage);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ExamplesFormatException("the content is not valid: " + e.getMessage(), e);
        }
        reader.requireEnd();
        return examples;
    }

    static int readVersion(ColumnReader reader) throws IOException {
        int magic = reader.ints(1)[0];
        if (magic != MAGIC) {
            throw new ExamplesFormatException("not a file of encoded examples: it does not begin with SMTX");
        }
        int version = reader.ints(1)[0];
        if (version < 1 || version > FORMAT_VERSION) {
            throw new ExamplesFormatException("the file has format version " + version + "; this program reads 1 to "
                    + FORMAT_VERSION + ": use the program that wrote it, or ingest again");
        }
        return version;
    }

    static ExamplesHeader readHeader(ColumnReader reader) throws IOException {
        int length = reader.ints(1)[0];
        if (length < 0 || length > MAX_HEADER_BYTES) {
            throw new ExamplesFormatException(
                    "the header claims " + length + " bytes; allowed: 0 to " + MAX_HEADER_BYTES);
        }
        byte[] json = reader.bytes(length);
        reader.endColumn("header");
        return ExamplesHeader.parse(json);
    }

    private static EncodedExamples readGroups(ColumnReader reader, ExamplesHeader header, ColumnStorage storage)
            throws IOException {
        try (RowGroups groups = new RowGroups(reader, header, storage)) {
            return groups.read();
        }
    }

    /** The columns of versions 1 and 2, one after the other. */
    static EncodedExamples readColumns(ColumnReader reader, ExamplesHeader header) throws IOException {
        EncodedExamplesBuilder builder = EncodedExamples.builder(header.rows());
        for (Feature feature : header.features()) {
            readFeature(reader, header, feature, builder);
        }
        for (String label : header.labels()) {
            float[] values = reader.floats(header.rows());
            reader.endColumn("label " + label);
            builder.label(label, values);
        }
        byte[] buckets = reader.bytes(header.rows());
        reader.endColumn("buckets");
        long[] rowHashes = reader.longs(header.rows());
        reader.endColumn("row hashes");
        long[] times = reader.longs(header.rows());
        reader.endColumn("times");
        return builder.buckets(buckets).rowHashes(rowHashes).times(times).build();
    }

    private static void readFeature(
            ColumnReader reader, ExamplesHeader header, Feature feature, EncodedExamplesBuilder builder)
            throws IOException {
        String column = "feature " + feature.name();
        if (feature.column() instanceof NumericColumn) {
            float[] values = reader.floats(header.rows());
            reader.endColumn(column);
            builder.numeric(feature, values);
        } else if (feature.column() instanceof IdColumn) {
            int[] values = reader.ints(header.rows());
            reader.endColumn(column);
            builder.ids(feature, values);
        } else if (feature.column() instanceof VectorColumn vector) {
            float[] values = reader.floats(floats(header.rows(), vector.width()));
            reader.endColumn(column);
            builder.vectors(feature, values);
        } else {
            int[] offsets = reader.ints(header.rows() + 1);
            int[] values = reader.ints(header.sequenceValues().get(feature.name()));
            reader.endColumn(column);
            builder.sequences(feature, offsets, values);
        }
    }

    private static int floats(int rows, int width) {
        long count = (long) rows * width;
        if (count > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(rows + " rows of vectors of width " + width
                    + " are more than one array holds; ingest fewer rows per split");
        }
        return (int) count;
    }
}
