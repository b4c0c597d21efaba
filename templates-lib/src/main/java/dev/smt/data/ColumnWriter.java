package dev.smt.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Writes primitive arrays little-endian in blocks, and after each column its CRC-32C. Streams are not closed here. */
public final class ColumnWriter {
    static final int BLOCK_BYTES = 1 << 20;

    private final OutputStream out;
    private final byte[] block = new byte[BLOCK_BYTES];
    private final ByteBuffer buffer = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C checksum = new CRC32C();

    /** A writer to a stream. */
    public ColumnWriter(OutputStream out) {
        this.out = out;
    }

    /** Writes bytes. */
    public void bytes(byte[] values) throws IOException {
        checksum.update(values);
        out.write(values);
    }

    /** Writes numbers. */
    public void ints(int[] values) throws IOException {
        int perBlock = BLOCK_BYTES / Integer.BYTES;
        for (int from = 0; from < values.length; from += perBlock) {
            int count = Math.min(perBlock, values.length - from);
            buffer.asIntBuffer().put(values, from, count);
            flush(count * Integer.BYTES);
        }
    }

    /** Writes numbers. */
    public void floats(float[] values) throws IOException {
        int perBlock = BLOCK_BYTES / Float.BYTES;
        for (int from = 0; from < values.length; from += perBlock) {
            int count = Math.min(perBlock, values.length - from);
            buffer.asFloatBuffer().put(values, from, count);
            flush(count * Float.BYTES);
        }
    }

    /** Writes numbers. */
    public void longs(long[] values) throws IOException {
        int perBlock = BLOCK_BYTES / Long.BYTES;
        for (int from = 0; from < values.length; from += perBlock) {
            int count = Math.min(perBlock, values.length - from);
            buffer.asLongBuffer().put(values, from, count);
            flush(count * Long.BYTES);
        }
    }

    /** Writes the checksum of what was written since the last call. */
    public void endColumn() throws IOException {
        buffer.putInt(0, (int) checksum.getValue());
        out.write(block, 0, Integer.BYTES);
        checksum.reset();
    }

    private void flush(int bytes) throws IOException {
        checksum.update(block, 0, bytes);
        out.write(block, 0, bytes);
    }
}
