package dev.smt.nn.embedding;

import java.util.Arrays;

/** The gradient of one table in one batch: each touched row once, however often the batch has it. */
public final class SparseGradient {
    /** Slots are stored as floats, which are exact up to here. */
    private static final int MAX_ROWS = 1 << 24;

    private final EmbeddingTable table;
    private final int width;
    /** Of the rows in the table. */
    private int[] places = new int[256];

    private float[] sums;
    private int count;

    public SparseGradient(EmbeddingTable table) {
        this.table = table;
        this.width = table.dimension() + 1;
        this.sums = new float[places.length * width];
    }

    /** The place in this gradient of the row at a place, which begins at {@code offset} of {@code chunk}. */
    public int slot(int place, float[] chunk, int offset) {
        int slot = table.slot(chunk, offset);
        if (slot >= 0) {
            return slot;
        }
        if (count == places.length) {
            grow();
        }
        places[count] = place;
        table.setSlot(chunk, offset, count);
        return count++;
    }

    /** The place in this gradient of a row, for who has not looked it up yet. */
    public int slotOf(int row) {
        int place = table.place(row);
        return slot(place, table.chunk(place), table.offset(place));
    }

    /**
     * Adds to the gradient of a slot's row.
     *
     * @param vectors holds the gradient of a vector [D] from {@code at}
     * @param firstOrder the gradient of the first-order weight
     * @param factor both are multiplied by it
     */
    public void add(int slot, float[] vectors, int at, float firstOrder, float factor) {
        int to = slot * width;
        for (int d = 0; d < width - 1; d++) {
            sums[to + d] += factor * vectors[at + d];
        }
        sums[to + width - 1] += factor * firstOrder;
    }

    /** The sum of the squares of all that was added up. */
    public double squaredNorm() {
        double sum = 0;
        for (int slot = 0; slot < count; slot++) {
            float squares = 0;
            for (int i = slot * width; i < (slot + 1) * width; i++) {
                squares += sums[i] * sums[i];
            }
            sum += squares;
        }
        return sum;
    }

    /** Multiplies all that was added up. */
    public void scale(float factor) {
        for (int i = 0; i < count * width; i++) {
            sums[i] *= factor;
        }
    }

    /** Moves every touched row by the table's optimizer, and begins anew. */
    public void apply(double learningRate) {
        for (int begin = 0; begin < count; begin += EmbeddingTable.FETCHED_ROWS) {
            int end = Math.min(count, begin + EmbeddingTable.FETCHED_ROWS);
            table.fetch(places, begin, end);
            for (int slot = begin; slot < end; slot++) {
                table.update(places[slot], sums, slot * width, (float) learningRate);
            }
        }
        Arrays.fill(sums, 0, count * width, 0);
        count = 0;
    }

    /** A copy of what was added up, which is forgotten here: the rows, and flat their sums. */
    public Sums take() {
        int[] rows = Arrays.stream(places, 0, count).map(table::rowAt).toArray();
        Sums taken = new Sums(rows, Arrays.copyOf(sums, count * width));
        for (int slot = 0; slot < count; slot++) {
            table.setSlot(table.chunk(places[slot]), table.offset(places[slot]), IdRows.NONE);
        }
        Arrays.fill(sums, 0, count * width, 0);
        count = 0;
        return taken;
    }

    /** Adds what another gradient of a table of this size gave. */
    public void add(Sums other) {
        for (int i = 0; i < other.rows().length; i++) {
            int to = slotOf(other.rows()[i]) * width;
            for (int d = 0; d < width; d++) {
                sums[to + d] += other.sums()[i * width + d];
            }
        }
    }

    /**
     * What one device sends to the others of a table's gradient.
     *
     * @param rows touched rows, each once
     * @param sums their gradients, one after the other
     */
    public record Sums(int[] rows, float[] sums) {
        /** Bytes of a message. */
        public long bytes() {
            return 4L * (rows.length + sums.length);
        }
    }

    /** What it is the gradient of. */
    public EmbeddingTable table() {
        return table;
    }

    /** The row of a slot, from 0 to before {@link #touched}. */
    public int row(int slot) {
        return table.rowAt(places[slot]);
    }

    /** The place of a slot's row in the table. */
    public int place(int slot) {
        return places[slot];
    }

    /** Number of different rows touched. */
    public int touched() {
        return count;
    }

    /** Whether a row was touched. */
    public boolean has(int row) {
        return knownSlot(row) >= 0;
    }

    /** The gradient of a row that was touched: its vector's [D], then its first-order weight's. */
    public float[] of(int row) {
        int slot = knownSlot(row);
        return Arrays.copyOfRange(sums, slot * width, (slot + 1) * width);
    }

    private int knownSlot(int row) {
        int place = table.place(row);
        return table.slot(table.chunk(place), table.offset(place));
    }

    private void grow() {
        if (count >= MAX_ROWS) {
            throw new IllegalStateException("a batch touches more than " + MAX_ROWS + " rows of one embedding table");
        }
        int capacity = Math.min(MAX_ROWS, places.length * 2);
        places = Arrays.copyOf(places, capacity);
        sums = Arrays.copyOf(sums, Math.multiplyExact(capacity, width));
    }
}
