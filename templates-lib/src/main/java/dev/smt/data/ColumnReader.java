package dev.smt.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Reads what {@link ColumnWriter} wrote, and checks each column's CRC-32C. Every method throws {@link
 * ExamplesFormatException} where the stream ends too early or a checksum is wrong. Streams are not closed here.
 */
public final class ColumnReader {
    private final InputStream in;
    private final byte[] block = new byte[ColumnWriter.BLOCK_BYTES];
    private final ByteBuffer buffer = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C checksum = new CRC32C();
    private long position;

    /** A reader of a stream, from where it is. */
    public ColumnReader(InputStream in) {
        this.in = in;
    }

    /** The next bytes. Of more than a mebibyte only as many are asked memory for as are there. */
    public byte[] bytes(int count) throws IOException {
        byte[] values;
        if (count > ColumnWriter.BLOCK_BYTES) {
            values = in.readNBytes(count);
            requireBytes(values.length, count);
        } else {
            values = new byte[count];
            requireBytes(in.readNBytes(values, 0, count), count);
        }
        checksum.update(values);
        return values;
    }

    /** The next numbers. */
    public int[] ints(int count) throws IOException {
        int[] values = new int[count];
        int perBlock = block.length / Integer.BYTES;
        for (int from = 0; from < count; from += perBlock) {
            int part = Math.min(perBlock, count - from);
            fill(part * Integer.BYTES);
            buffer.asIntBuffer().get(values, from, part);
        }
        return values;
    }

    /** The next numbers. */
    public float[] floats(int count) throws IOException {
        float[] values = new float[count];
        int perBlock = block.length / Float.BYTES;
        for (int from = 0; from < count; from += perBlock) {
            int part = Math.min(perBlock, count - from);
            fill(part * Float.BYTES);
            buffer.asFloatBuffer().get(values, from, part);
        }
        return values;
    }

    /** The next numbers. */
    public long[] longs(int count) throws IOException {
        long[] values = new long[count];
        int perBlock = block.length / Long.BYTES;
        for (int from = 0; from < count; from += perBlock) {
            int part = Math.min(perBlock, count - from);
            fill(part * Long.BYTES);
            buffer.asLongBuffer().get(values, from, part);
        }
        return values;
    }

    /** Compares the checksum of what was read since the last call with the one that follows. */
    public void endColumn(String column) throws IOException {
        int actual = (int) checksum.getValue();
        fill(Integer.BYTES);
        int expected = buffer.getInt(0);
        if (actual != expected) {
            throw new ExamplesFormatException(
                    "the checksum of " + column + " is wrong: the file was damaged or changed after it was written");
        }
        checksum.reset();
    }

    /** Refuses a stream that goes on. */
    public void requireEnd() throws IOException {
        if (in.read() >= 0) {
            throw new ExamplesFormatException("the file goes on after its last column, at byte " + position);
        }
    }

    private void fill(int bytes) throws IOException {
        requireBytes(in.readNBytes(block, 0, bytes), bytes);
        checksum.update(block, 0, bytes);
    }

    private void requireBytes(int actual, int expected) throws IOException {
        position += actual;
        if (actual != expected) {
            throw new ExamplesFormatException("the file is cut short: it ends at byte " + position + ", where "
                    + (expected - actual) + " more bytes were expected at least");
        }
    }
}
