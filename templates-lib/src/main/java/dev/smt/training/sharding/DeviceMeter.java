package dev.smt.training.sharding;

import java.util.Arrays;

/**
 * Counts the bytes that one device has allocated: every array and buffer of the device is registered here where it is
 * made, and taken out where it is freed. Each use is for one thread at a time.
 */
public final class DeviceMeter {
    private final long[] now = new long[MemoryUse.values().length];
    private final long[] most = new long[now.length];
    private long peak;

    /** A new array, registered. */
    public float[] floats(MemoryUse use, int length) {
        add(use, (long) length * Float.BYTES);
        return new float[length];
    }

    /** Registers bytes that were allocated; negative: freed. */
    public void add(MemoryUse use, long bytes) {
        set(use, now[use.ordinal()] + bytes);
    }

    /** Registers how much of a use there is now. */
    public void set(MemoryUse use, long bytes) {
        if (bytes < 0) {
            throw new IllegalStateException("more bytes freed than allocated for " + use + ": " + bytes);
        }
        now[use.ordinal()] = bytes;
        most[use.ordinal()] = Math.max(most[use.ordinal()], bytes);
        peak = Math.max(peak, Arrays.stream(now).sum());
    }

    /** Bytes allocated now. */
    public long bytes(MemoryUse use) {
        return now[use.ordinal()];
    }

    /** The most bytes of a use that were allocated at a time. */
    public long peak(MemoryUse use) {
        return most[use.ordinal()];
    }

    /** The most bytes that were allocated at a time. */
    public long peak() {
        return peak;
    }
}
