package dev.smt.nn.embedding;

import java.util.Arrays;

/**
 * The mean of every row over the steps of a training's tail (Polyak, Juditsky 1992), exactly, at a cost that grows with
 * the touched rows only: a row that no batch touches doesn't move, so its value counts for all the steps since it last
 * moved when it moves next. Memory: one more vector and weight per row of each chunk that the tail touches.
 */
public final class RowAverages {
    private final EmbeddingTable table;
    private final int width;
    /** By the rows' places. */
    private float[][] means = {};

    private int[][] counted = {};
    private int steps;

    /** Averages from now on. */
    public RowAverages(EmbeddingTable table) {
        this.table = table;
        this.width = table.dimension() + 1;
    }

    /** Called before each step's update, with the rows that it will move. */
    public void beforeUpdate(SparseGradient gradient) {
        for (int slot = 0; slot < gradient.touched(); slot++) {
            int place = gradient.place(slot);
            begin(place / table.chunkRows());
            count(place);
        }
        steps++;
    }

    private void begin(int index) {
        if (index >= means.length) {
            means = Arrays.copyOf(means, 2 * index + 1);
            counted = Arrays.copyOf(counted, 2 * index + 1);
        }
        if (means[index] == null) {
            means[index] = new float[table.chunkRows() * width];
            counted[index] = new int[table.chunkRows()];
            Arrays.fill(counted[index], -1);
        }
    }

    /** Gives every row that moved its mean over the steps so far; afterwards the averaging is over. */
    public void apply() {
        for (int index = 0; index < counted.length; index++) {
            for (int inChunk = 0; counted[index] != null && inChunk < table.chunkRows(); inChunk++) {
                if (counted[index][inChunk] >= 0) {
                    int place = index * table.chunkRows() + inChunk;
                    count(place);
                    System.arraycopy(means[index], inChunk * width, table.chunk(place), table.offset(place), width);
                }
            }
        }
    }

    /** Lets the present value of the row at a place count for the steps since it last did. */
    private void count(int place) {
        int index = place / table.chunkRows();
        int inChunk = place % table.chunkRows();
        int before = Math.max(0, counted[index][inChunk]);
        counted[index][inChunk] = steps;
        if (steps == before) {
            return;
        }
        float share = (float) (steps - before) / steps;
        float[] mean = means[index];
        float[] values = table.chunk(place);
        int offset = table.offset(place);
        int to = inChunk * width;
        for (int d = 0; d < width; d++) {
            mean[to + d] += share * (values[offset + d] - mean[to + d]);
        }
    }
}
