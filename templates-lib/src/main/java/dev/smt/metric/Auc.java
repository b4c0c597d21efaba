package dev.smt.metric;

import java.util.Arrays;

/** The area under the ROC curve: the chance that a positive row scores above a negative one, ties counting one half. */
public final class Auc {
    private Auc() {}

    /**
     * The exact area.
     *
     * @param scores higher means more likely positive
     * @param labels 1 for positive rows; all others are negative
     * @return in [0, 1]; NaN where the rows have one class only
     */
    public static double of(float[] scores, float[] labels) {
        if (scores.length != labels.length) {
            throw new IllegalArgumentException(scores.length + " scores for " + labels.length + " labels");
        }
        long[] keys = new long[scores.length];
        for (int row = 0; row < keys.length; row++) {
            keys[row] = (long) ordered(scores[row]) << 1 | (labels[row] == 1 ? 1 : 0);
        }
        Arrays.sort(keys);
        long negativesBelow = 0;
        long positives = 0;
        double wins = 0;
        for (int from = 0; from < keys.length; ) {
            int to = from;
            long tiedPositives = 0;
            while (to < keys.length && keys[to] >> 1 == keys[from] >> 1) {
                tiedPositives += keys[to] & 1;
                to++;
            }
            long tiedNegatives = to - from - tiedPositives;
            wins += tiedPositives * (negativesBelow + 0.5 * tiedNegatives);
            negativesBelow += tiedNegatives;
            positives += tiedPositives;
            from = to;
        }
        return wins / ((double) positives * negativesBelow);
    }

    /** An int whose order is the float's; -0 equals 0. */
    private static int ordered(float score) {
        int bits = Float.floatToIntBits(score + 0f);
        return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    }
}
