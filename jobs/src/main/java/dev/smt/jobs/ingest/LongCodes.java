package dev.smt.jobs.ingest;

import java.util.Arrays;

/** Distinct whole numbers and their codes 0, 1, ... in the order in which they came; nothing is boxed. */
final class LongCodes {
    private static final int EMPTY = -1;
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final int FIRST_BITS = 10;

    private int bits = FIRST_BITS;
    private int[] slots = empty(FIRST_BITS);
    private long[] values = new long[1 << FIRST_BITS - 1];
    private int size;

    /** The code of a value, or -1. */
    int find(long value) {
        return slots[slot(value)];
    }

    /** The code of a value that may be new. */
    int add(long value) {
        int slot = slot(value);
        if (slots[slot] != EMPTY) {
            return slots[slot];
        }
        if (size == values.length) {
            grow();
            slot = slot(value);
        }
        slots[slot] = size;
        values[size] = value;
        return size++;
    }

    long value(int code) {
        return values[code];
    }

    int size() {
        return size;
    }

    /** Memory that they take. */
    long bytes() {
        return (long) Integer.BYTES * slots.length + (long) Long.BYTES * values.length;
    }

    private int slot(long value) {
        int slot = (int) (value * MIX >>> Long.SIZE - bits);
        while (slots[slot] != EMPTY && values[slots[slot]] != value) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    /** At most half of the slots are taken. */
    private void grow() {
        if (bits == Integer.SIZE - 2) {
            throw new IllegalStateException(size + " distinct values are more than a vocabulary is learned from; "
                    + "encode the feature by hashing");
        }
        bits++;
        slots = empty(bits);
        values = Arrays.copyOf(values, 1 << bits - 1);
        for (int code = 0; code < size; code++) {
            slots[slot(values[code])] = code;
        }
    }

    private static int[] empty(int bits) {
        int[] slots = new int[1 << bits];
        Arrays.fill(slots, EMPTY);
        return slots;
    }
}
