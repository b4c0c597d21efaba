package dev.smt.data;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.Closeable;
import java.util.Arrays;

/**
 * Packs one column of a row group into bytes. Numbers are cut into planes, all lowest bytes first, then all second bytes,
 * and so on, as many as the largest number has; each plane is compressed by itself. So ids of small vocabularies take a few bits, and of
 * numbers that don't repeat only what does is coded. Little-endian; {@code docs/formats.md} has the layout.
 */
final class BlockEncoder implements Closeable {
    /** Numbers that have at most one distinct value for so many of them are written as a list of these, and places in it. */
    private static final int VALUES_PER_DISTINCT = 4;

    private static final int LEVEL = 1;
    /** Below it a frame of the compressor is longer than what it saves. */
    private static final int WORTH_COMPRESSING = 64;

    private final ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(LEVEL);
    private byte[] plane = {};
    private byte[] block = new byte[1 << 16];
    private int size;

    /** What was packed since the last call. */
    byte[] take() {
        byte[] taken = Arrays.copyOf(block, size);
        size = 0;
        return taken;
    }

    /** One byte each. */
    void bytes(byte[] values) {
        plane(values, values.length);
    }

    /** Numbers of 0 or more in as few planes as they need. */
    void ints(int[] values) {
        int all = 0;
        for (int value : values) {
            all |= value;
        }
        int planes = (Integer.SIZE - Integer.numberOfLeadingZeros(all) + 7) / 8;
        octet(planes);
        for (int shift = 0; shift < 8 * planes; shift += 8) {
            byte[] to = plane(values.length);
            for (int i = 0; i < values.length; i++) {
                to[i] = (byte) (values[i] >>> shift);
            }
            plane(to, values.length);
        }
    }

    /** Numbers in as few planes as they need. */
    void longs(long[] values) {
        long all = 0;
        for (long value : values) {
            all |= value;
        }
        int planes = (Long.SIZE - Long.numberOfLeadingZeros(all) + 7) / 8;
        octet(planes);
        for (int shift = 0; shift < 8 * planes; shift += 8) {
            byte[] to = plane(values.length);
            for (int i = 0; i < values.length; i++) {
                to[i] = (byte) (values[i] >>> shift);
            }
            plane(to, values.length);
        }
    }

    /** Numbers that mostly grow by little, such as times: their differences, the sign in the lowest bit. */
    void differences(long[] values) {
        long[] differences = new long[values.length];
        long before = 0;
        for (int i = 0; i < values.length; i++) {
            long difference = values[i] - before;
            differences[i] = difference << 1 ^ difference >> 63;
            before = values[i];
        }
        longs(differences);
    }

    /** Numbers by their bits: the distinct ones and their places, where there are few, else all. */
    void floats(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        DistinctNumbers distinct = new DistinctNumbers(values.length / VALUES_PER_DISTINCT);
        int[] places = distinct.places(bits);
        if (distinct.tooMany()) {
            number(0);
            ints(bits);
        } else {
            number(distinct.count());
            ints(distinct.values());
            ints(places);
        }
    }

    @Override
    public void close() {
        zstd.close();
    }

    private byte[] plane(int length) {
        if (plane.length < length) {
            plane = new byte[length];
        }
        return plane;
    }

    private void plane(byte[] values, int length) {
        int room = (int) Math.min(Integer.MAX_VALUE - 8, Zstd.compressBound(length));
        require(Integer.BYTES + Math.max(room, length));
        int start = size + Integer.BYTES;
        int packed =
                length < WORTH_COMPRESSING ? length : zstd.compressByteArray(block, start, room, values, 0, length);
        if (packed >= length) {
            System.arraycopy(values, 0, block, start, length);
            packed = length;
        }
        number(packed);
        size += packed;
    }

    private void octet(int value) {
        require(1);
        block[size++] = (byte) value;
    }

    private void number(int value) {
        for (int shift = 0; shift < Integer.SIZE; shift += 8) {
            octet(value >>> shift);
        }
    }

    private void require(int more) {
        if (block.length - size < more) {
            block = Arrays.copyOf(block, Math.max(Math.addExact(size, more), block.length + (block.length >> 1)));
        }
    }
}
