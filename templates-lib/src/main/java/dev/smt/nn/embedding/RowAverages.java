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
    private final float[][] means;
    private final int[][] counted;
    private int steps;

    /** Averages from now on. */
    public RowAverages(EmbeddingTable table) {
        this.table = table;
        this.width = table.dimension() + 1;
        this.means = new float[table.chunkCount()][];
        this.counted = new int[table.chunkCount()][];
    }

    /** Called before each step's update, with the rows that it will move. */
    public void beforeUpdate(SparseGradient gradient) {
        for (int slot = 0; slot < gradient.touched(); slot++) {
            int row = gradient.row(slot);
            int index = table.chunkOf(row);
            if (means[index] == null) {
                means[index] = new float[table.chunkRows() * width];
                counted[index] = new int[table.chunkRows()];
                Arrays.fill(counted[index], -1);
            }
            count(row);
        }
        steps++;
    }

    /** Gives every row that moved its mean over the steps so far; afterwards the averaging is over. */
    public void apply() {
        for (int index = 0; index < counted.length; index++) {
            for (int place = 0; counted[index] != null && place < table.chunkRows(); place++) {
                if (counted[index][place] >= 0) {
                    int row = table.rowAt(index, place);
                    count(row);
                    System.arraycopy(means[index], place * width, table.chunk(row), table.offset(row), width);
                }
            }
        }
    }

    /** Lets the row's present value count for the steps since it last did. */
    private void count(int row) {
        int[] chunk = counted[table.chunkOf(row)];
        int place = table.placeOf(row);
        int before = Math.max(0, chunk[place]);
        chunk[place] = steps;
        if (steps == before) {
            return;
        }
        float share = (float) (steps - before) / steps;
        float[] mean = means[table.chunkOf(row)];
        float[] values = table.chunk(row);
        int offset = table.offset(row);
        int to = place * width;
        for (int d = 0; d < width; d++) {
            mean[to + d] += share * (values[offset + d] - mean[to + d]);
        }
    }
}
