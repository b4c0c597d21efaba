package dev.smt.data;

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

    Selection selection() {
        return new Selection(order);
    }
}
