package dev.smt.data;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.Closeable;
import java.util.Arrays;

/** Unpacks what {@link BlockEncoder} packed. Every method throws {@link ExamplesFormatException} where the bytes are none of its. */
final class BlockDecoder implements Closeable {
    private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();
    private byte[] plane = {};
    private byte[] block = {};
    private int at;

    /** Takes a block, from its beginning. */
    void take(byte[] bytes) {
        block = bytes;
        at = 0;
    }

    /** Refuses a block that goes on. */
    void requireEnd() throws ExamplesFormatException {
        if (at != block.length) {
            throw new ExamplesFormatException((block.length - at) + " bytes too many");
        }
    }

    void bytes(byte[] to, int from, int count) throws ExamplesFormatException {
        System.arraycopy(plane(count), 0, to, from, count);
    }

    void ints(int[] to, int from, int count) throws ExamplesFormatException {
        int planes = planes(Integer.BYTES);
        Arrays.fill(to, from, from + count, 0);
        for (int shift = 0; shift < 8 * planes; shift += 8) {
            byte[] values = plane(count);
            for (int i = 0; i < count; i++) {
                to[from + i] |= (values[i] & 0xFF) << shift;
            }
        }
    }

    void longs(long[] to, int from, int count) throws ExamplesFormatException {
        int planes = planes(Long.BYTES);
        Arrays.fill(to, from, from + count, 0);
        for (int shift = 0; shift < 8 * planes; shift += 8) {
            byte[] values = plane(count);
            for (int i = 0; i < count; i++) {
                to[from + i] |= (values[i] & 0xFFL) << shift;
            }
        }
    }

    void differences(long[] to, int from, int count) throws ExamplesFormatException {
        longs(to, from, count);
        long before = 0;
        for (int i = from; i < from + count; i++) {
            before += to[i] >>> 1 ^ -(to[i] & 1);
            to[i] = before;
        }
    }

    void floats(float[] to, int from, int count) throws ExamplesFormatException {
        int distinct = number();
        int[] bits = new int[count];
        if (distinct == 0) {
            ints(bits, 0, count);
            for (int i = 0; i < count; i++) {
                to[from + i] = Float.intBitsToFloat(bits[i]);
            }
            return;
        }
        if (distinct < 0 || distinct > count) {
            throw new ExamplesFormatException(count + " numbers can't have " + distinct + " distinct values");
        }
        int[] values = new int[distinct];
        ints(values, 0, distinct);
        ints(bits, 0, count);
        for (int i = 0; i < count; i++) {
            if (bits[i] < 0 || bits[i] >= distinct) {
                throw new ExamplesFormatException("no value " + bits[i] + " of " + distinct);
            }
            to[from + i] = Float.intBitsToFloat(values[bits[i]]);
        }
    }

    @Override
    public void close() {
        zstd.close();
    }

    private byte[] plane(int count) throws ExamplesFormatException {
        int packed = number();
        if (packed < 0 || packed > count || packed > block.length - at) {
            throw new ExamplesFormatException("a plane of " + count + " bytes claims " + packed);
        }
        if (plane.length < count) {
            plane = new byte[count];
        }
        if (packed == count) {
            System.arraycopy(block, at, plane, 0, count);
        } else {
            unpack(packed, count);
        }
        at += packed;
        return plane;
    }

    private void unpack(int packed, int count) throws ExamplesFormatException {
        try {
            int actual = zstd.decompressByteArray(plane, 0, count, block, at, packed);
            if (actual != count) {
                throw new ExamplesFormatException("a plane has " + actual + " bytes; expected " + count);
            }
        } catch (ZstdException damaged) {
            throw new ExamplesFormatException("a plane can't be unpacked: " + damaged.getMessage(), damaged);
        }
    }

    private int planes(int most) throws ExamplesFormatException {
        int planes = octet();
        if (planes > most) {
            throw new ExamplesFormatException(planes + " planes; allowed: 0 to " + most);
        }
        return planes;
    }

    private int octet() throws ExamplesFormatException {
        if (at == block.length) {
            throw new ExamplesFormatException("a block ends too early");
        }
        return block[at++] & 0xFF;
    }

    private int number() throws ExamplesFormatException {
        return octet() | octet() << 8 | octet() << 16 | octet() << 24;
    }
}
