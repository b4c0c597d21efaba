package dev.smt.data;

import dev.smt.data.EncodedExamples.Sequences;
import java.util.BitSet;

/** Rows in another order: row r is what was row {@code order[r]}. */
public final class Permutation {
    private final int[] order;

    /** @throws IllegalArgumentException when the order has not each of so many rows once */
    public Permutation(int[] order, int rows) {
        BitSet seen = new BitSet(rows);
        for (int row : order) {
            if (row >= 0 && row < rows) {
                seen.set(row);
            }
        }
        if (order.length != rows || seen.cardinality() != rows) {
            throw new IllegalArgumentException("not a permutation of " + rows + " rows: " + order.length + " entries, "
                    + seen.cardinality() + " different rows");
        }
        this.order = order;
    }

    /** Number of rows. */
    public int rows() {
        return order.length;
    }

    /** The row whose values a row gets. */
    public int row(int row) {
        return order[row];
    }

    /** @param width numbers per row */
    float[] of(float[] values, int width) {
        float[] result = new float[values.length];
        for (int row = 0; row < order.length; row++) {
            System.arraycopy(values, order[row] * width, result, row * width, width);
        }
        return result;
    }

    int[] of(int[] values) {
        int[] result = new int[values.length];
        for (int row = 0; row < order.length; row++) {
            result[row] = values[order[row]];
        }
        return result;
    }

    Sequences of(Sequences sequences) {
        int[] offsets = new int[order.length + 1];
        int[] values = new int[sequences.values().length];
        for (int row = 0; row < order.length; row++) {
            int from = sequences.offsets()[order[row]];
            int length = sequences.offsets()[order[row] + 1] - from;
            System.arraycopy(sequences.values(), from, values, offsets[row], length);
            offsets[row + 1] = offsets[row] + length;
        }
        return new Sequences(offsets, values);
    }
}
