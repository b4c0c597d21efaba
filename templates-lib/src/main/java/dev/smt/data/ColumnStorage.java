package dev.smt.data;

import java.io.IOException;

/** Where the columns of encoded examples are while trials use them. A column is written once, from its first value to its last. */
public interface ColumnStorage {
    /** Room for a column of numbers. */
    Floats floats(int count) throws IOException;

    /** Room for a column of ids. */
    Ints ints(int count) throws IOException;

    /** To be called when all columns are written, before the first is read. */
    void complete() throws IOException;

    /** A column of numbers. */
    interface Floats {
        /** Writes the next values: as many of the array as are said. */
        void add(float[] values, int count) throws IOException;

        /** All values. The array may be shared, and must not be written to. */
        float[] values();
    }

    /** A column of ids. */
    interface Ints {
        /** Writes the next values: as many of the array as are said. */
        void add(int[] values, int count) throws IOException;

        /** All values. The array may be shared, and must not be written to. */
        int[] values();
    }
}
