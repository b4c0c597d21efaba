package dev.smt.data;

import java.util.Arrays;

/** The distinct ones of numbers, in the order in which they come first; it gives up where there are too many. */
final class DistinctNumbers {
    private static final int EMPTY = -1;
    private static final int MIX = 0x9E3779B9;

    private final int most;
    private final int[] slots;
    private final int[] values;
    private final int shift;
    private int count;

    /** @param most distinct numbers that are looked for, 0 or more */
    DistinctNumbers(int most) {
        this.most = most;
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, most)) + 1;
        this.slots = new int[1 << bits];
        this.shift = Integer.SIZE - bits;
        this.values = new int[most + 1];
        Arrays.fill(slots, EMPTY);
    }

    /** For each number its place among the distinct ones; useless where there are too many. */
    int[] places(int[] numbers) {
        int[] places = new int[numbers.length];
        for (int i = 0; i < numbers.length && count <= most; i++) {
            places[i] = place(numbers[i]);
        }
        return places;
    }

    boolean tooMany() {
        return count > most || count == 0;
    }

    int count() {
        return count;
    }

    int[] values() {
        return Arrays.copyOf(values, count);
    }

    private int place(int number) {
        int slot = number * MIX >>> shift;
        while (slots[slot] != EMPTY && values[slots[slot]] != number) {
            slot = slot + 1 & slots.length - 1;
        }
        if (slots[slot] == EMPTY) {
            slots[slot] = count;
            values[count++] = number;
        }
        return slots[slot];
    }
}
