package dev.smt.data;

/** Columns in the heap. */
public final class HeapColumns implements ColumnStorage {
    @Override
    public Floats floats(int count) {
        return new HeapFloats(new float[count]);
    }

    @Override
    public Ints ints(int count) {
        return new HeapInts(new int[count]);
    }

    @Override
    public void complete() {
        // They can be read as they are.
    }

    /** A column that is there. */
    static Floats of(float[] values) {
        return new HeapFloats(values);
    }

    /** A column that is there. */
    static Ints of(int[] values) {
        return new HeapInts(values);
    }

    private static final class HeapFloats implements Floats {
        private final float[] all;
        private int written;

        HeapFloats(float[] all) {
            this.all = all;
        }

        @Override
        public void add(float[] values, int count) {
            System.arraycopy(values, 0, all, written, count);
            written += count;
        }

        @Override
        public float[] values() {
            return all;
        }
    }

    private static final class HeapInts implements Ints {
        private final int[] all;
        private int written;

        HeapInts(int[] all) {
            this.all = all;
        }

        @Override
        public void add(int[] values, int count) {
            System.arraycopy(values, 0, all, written, count);
            written += count;
        }

        @Override
        public int[] values() {
            return all;
        }
    }
}
