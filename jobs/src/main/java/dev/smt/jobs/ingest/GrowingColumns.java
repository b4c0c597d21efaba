package dev.smt.jobs.ingest;

import java.util.Arrays;

/** Primitive columns of unknown length. */
final class GrowingColumns {
    private static final int FIRST_CAPACITY = 1024;

    private GrowingColumns() {}

    private static int grown(int length) {
        return length < FIRST_CAPACITY ? FIRST_CAPACITY : Math.addExact(length, length >> 1);
    }

    static final class Ints {
        private int[] values = {};
        private int size;

        void add(int value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, grown(size));
            }
            values[size++] = value;
        }

        int get(int index) {
            return values[index];
        }

        void increment(int index) {
            values[index]++;
        }

        int size() {
            return size;
        }

        int[] toArray() {
            return Arrays.copyOf(values, size);
        }
    }

    static final class Longs {
        private long[] values = {};
        private int size;

        void add(long value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, grown(size));
            }
            values[size++] = value;
        }

        long[] toArray() {
            return Arrays.copyOf(values, size);
        }
    }

    static final class Doubles {
        private double[] values = {};
        private int size;

        void add(double value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, grown(size));
            }
            values[size++] = value;
        }

        double get(int index) {
            return values[index];
        }

        int size() {
            return size;
        }
    }

    static final class Floats {
        private float[] values = {};
        private int size;

        void add(float value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, grown(size));
            }
            values[size++] = value;
        }

        float[] toArray() {
            return Arrays.copyOf(values, size);
        }
    }

    static final class Bytes {
        private byte[] values = {};
        private int size;

        void add(byte value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, grown(size));
            }
            values[size++] = value;
        }

        byte[] toArray() {
            return Arrays.copyOf(values, size);
        }
    }
}
