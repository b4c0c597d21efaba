package dev.smt.data;

import dev.smt.data.EncodedExamples.Sequences;

/** Columns of chosen rows: row r is what was row {@code rows[r]}. */
final class Selection {
    private final int[] rows;

    /** @param rows of the columns, in any order, each any number of times */
    Selection(int[] rows) {
        this.rows = rows;
    }

    /** @param width numbers per row */
    float[] of(float[] values, int width) {
        float[] result = new float[Math.multiplyExact(rows.length, width)];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(values, rows[row] * width, result, row * width, width);
        }
        return result;
    }

    int[] of(int[] values) {
        int[] result = new int[rows.length];
        for (int row = 0; row < rows.length; row++) {
            result[row] = values[rows[row]];
        }
        return result;
    }

    long[] of(long[] values) {
        long[] result = new long[rows.length];
        for (int row = 0; row < rows.length; row++) {
            result[row] = values[rows[row]];
        }
        return result;
    }

    byte[] of(byte[] values) {
        byte[] result = new byte[rows.length];
        for (int row = 0; row < rows.length; row++) {
            result[row] = values[rows[row]];
        }
        return result;
    }

    Sequences of(Sequences sequences) {
        int[] offsets = new int[rows.length + 1];
        for (int row = 0; row < rows.length; row++) {
            offsets[row + 1] = offsets[row]
                    + sequences.offsets()[rows[row] + 1]
                    - sequences.offsets()[rows[row]];
        }
        int[] values = new int[offsets[rows.length]];
        for (int row = 0; row < rows.length; row++) {
            int length = offsets[row + 1] - offsets[row];
            System.arraycopy(sequences.values(), sequences.offsets()[rows[row]], values, offsets[row], length);
        }
        return new Sequences(offsets, values);
    }
}
