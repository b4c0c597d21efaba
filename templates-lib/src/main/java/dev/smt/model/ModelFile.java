package dev.smt.model;

import dev.smt.data.ColumnReader;
import dev.smt.data.ColumnWriter;
import dev.smt.data.ExamplesFormatException;
import dev.smt.data.FittedState;
import dev.smt.model.ModelHeader.TableShape;
import dev.smt.nn.embedding.StoredRows;
import dev.smt.training.ModelState;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * The file format of trained models: a JSON header, then an array per dense parameter and embedding table, each block with
 * its CRC-32C, and at the end the SHA-256 of all of it. The layout is in {@code docs/formats.md}. Streams are neither
 * buffered nor closed here.
 */
public final class ModelFile {
    /** The format's version that is written, and the newest that can be read. */
    public static final int FORMAT_VERSION = 1;

    /** The letters SMTM as a little-endian number. */
    static final int MAGIC = 'S' | 'M' << 8 | 'T' << 16 | 'M' << 24;

    private static final int MAX_HEADER_BYTES = 64 << 20;
    private static final int DIGEST_BYTES = 32;

    private ModelFile() {}

    /** Writes a model. */
    public static void write(StoredModel model, OutputStream out) throws IOException {
        MessageDigest digest = sha256();
        ColumnWriter writer = new ColumnWriter(new DigestOutputStream(out, digest));
        byte[] json = ModelHeader.of(model).toJson();
        writer.ints(new int[] {MAGIC, FORMAT_VERSION, json.length});
        writer.bytes(json);
        writer.endColumn();
        for (float[] values : model.state().dense().values()) {
            writer.floats(values);
            writer.endColumn();
        }
        for (StoredRows rows : model.state().tables().values()) {
            writer.ints(rows.numbers());
            writer.bytes(rows.content());
            writer.endColumn();
        }
        for (double[] values : model.state().fitted().numbers().values()) {
            writer.longs(DoubleStream.of(values)
                    .mapToLong(Double::doubleToRawLongBits)
                    .toArray());
            writer.endColumn();
        }
        for (int[] values : model.state().fitted().ids().values()) {
            writer.ints(values);
            writer.endColumn();
        }
        out.write(digest.digest());
    }

    /**
     * Reads what {@link #write} wrote, to the end of the stream.
     *
     * @throws ModelFormatException when it is not such a file, or damaged, cut short, changed, or of a newer format
     */
    public static StoredModel read(InputStream in) throws IOException {
        MessageDigest digest = sha256();
        DigestInputStream digested = new DigestInputStream(in, digest);
        ColumnReader reader = new ColumnReader(digested);
        try {
            ModelHeader header = readHeader(reader);
            Map<String, float[]> dense = new LinkedHashMap<>();
            for (Map.Entry<String, Integer> parameter : header.dense().entrySet()) {
                dense.put(parameter.getKey(), reader.floats(parameter.getValue()));
                reader.endColumn("dense parameter " + parameter.getKey());
            }
            Map<String, StoredRows> tables = new LinkedHashMap<>();
            for (Map.Entry<String, TableShape> table : header.tables().entrySet()) {
                tables.put(table.getKey(), readTable(reader, table.getKey(), table.getValue()));
            }
            FittedState fitted = readFitted(reader, header);
            digested.on(false);
            if (!MessageDigest.isEqual(digest.digest(), reader.bytes(DIGEST_BYTES))) {
                throw new ModelFormatException(
                        "the SHA-256 at its end is not that of the file: it was damaged or changed after it was written");
            }
            reader.requireEnd();
            return model(header, dense, tables, fitted);
        } catch (ExamplesFormatException | IllegalArgumentException e) {
            throw new ModelFormatException("the model's file can't be read: " + e.getMessage(), e);
        }
    }

    private static ModelHeader readHeader(ColumnReader reader) throws IOException {
        int magic = reader.ints(1)[0];
        if (magic != MAGIC) {
            throw new ModelFormatException("not the file of a model: it does not begin with SMTM");
        }
        int version = reader.ints(1)[0];
        if (version < 1 || version > FORMAT_VERSION) {
            throw new ModelFormatException("the file has format version " + version + "; this program reads 1 to "
                    + FORMAT_VERSION + ": use the program that wrote it, or train again");
        }
        int length = reader.ints(1)[0];
        if (length < 0 || length > MAX_HEADER_BYTES) {
            throw new ModelFormatException("the header claims " + length + " bytes; allowed: 0 to " + MAX_HEADER_BYTES);
        }
        byte[] json = reader.bytes(length);
        reader.endColumn("header");
        return ModelHeader.parse(json);
    }

    private static StoredRows readTable(ColumnReader reader, String name, TableShape shape) throws IOException {
        int[] numbers = reader.ints(shape.stored());
        byte[] content =
                reader.bytes(Math.multiplyExact(shape.stored(), shape.format().bytesPerRow(shape.dimension())));
        reader.endColumn("table " + name);
        return new StoredRows(shape.rows(), shape.dimension(), shape.format(), shape.zerosFrom(), numbers, content);
    }

    private static FittedState readFitted(ColumnReader reader, ModelHeader header) throws IOException {
        SortedMap<String, double[]> numbers = new TreeMap<>();
        for (Map.Entry<String, Integer> name : header.fittedNumbers().entrySet()) {
            long[] bits = reader.longs(name.getValue());
            numbers.put(
                    name.getKey(),
                    LongStream.of(bits).mapToDouble(Double::longBitsToDouble).toArray());
            reader.endColumn(name.getKey());
        }
        SortedMap<String, int[]> ids = new TreeMap<>();
        for (Map.Entry<String, Integer> name : header.fittedIds().entrySet()) {
            ids.put(name.getKey(), reader.ints(name.getValue()));
            reader.endColumn(name.getKey());
        }
        return new FittedState(numbers, ids);
    }

    private static StoredModel model(
            ModelHeader header, Map<String, float[]> dense, Map<String, StoredRows> tables, FittedState fitted) {
        ModelState state = new ModelState(
                header.training().seed(),
                header.training().steps(),
                header.training().examples(),
                header.training().seconds(),
                dense,
                tables,
                header.statistics(),
                fitted);
        return new StoredModel(header.specification(), header.provenance(), header.metrics(), state);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
