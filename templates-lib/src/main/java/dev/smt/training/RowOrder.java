package dev.smt.training;

import dev.smt.data.Mixing;
import java.util.SplittableRandom;

/**
 * The order of the rows in each epoch. It depends on the seed, the epoch and the number of rows only: models trained with
 * the same seed on the same rows see them in the same order, whatever their specification, and one that drops rows
 * sees the others in the same order still.
 */
final class RowOrder {
    private final long seed;
    private final TrainingRows rows;
    private final int total;

    RowOrder(long seed, int total, TrainingRows rows) {
        this.seed = seed;
        this.total = total;
        this.rows = rows;
    }

    /** The kept rows in the epoch's order. */
    int[] epoch(int epoch) {
        int[] order = new int[total];
        SplittableRandom random = new SplittableRandom(Mixing.seed(seed, "epoch " + epoch));
        for (int i = 0; i < total; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        int[] kept = new int[rows.count()];
        int count = 0;
        for (int row : order) {
            if (rows.kept(row)) {
                kept[count++] = row;
            }
        }
        return kept;
    }
}
