package dev.smt.metric;

import java.util.Arrays;

/** Collects the predictions of one model for some rows, as they come, and says what they are worth. */
public final class EvaluatedRows {
    private static final int FIRST_CAPACITY = 16;

    private final BucketedLoss losses = new BucketedLoss();
    private float[] scores = new float[FIRST_CAPACITY];
    private float[] labels = new float[FIRST_CAPACITY];
    private int count;
    private double predicted;
    private double actual;

    /**
     * Adds a row.
     *
     * @param bucket of its unit, in [0, {@value BucketedLoss#BUCKETS})
     * @param label 0 or 1, an amount, or a level
     * @param score by which rows are ranked; higher means more likely positive
     * @param prediction of the label
     * @param loss in nats, or a squared error
     */
    public void add(int bucket, float label, float score, double prediction, double loss) {
        if (count == scores.length) {
            scores = Arrays.copyOf(scores, Math.multiplyExact(count, 2));
            labels = Arrays.copyOf(labels, scores.length);
        }
        losses.add(bucket, loss);
        predicted += prediction;
        actual += label;
        scores[count] = score;
        labels[count++] = label;
    }

    /** Number of rows. */
    public int count() {
        return count;
    }

    /** Mean loss; NaN without rows. */
    public double meanLoss() {
        return losses.totalLoss() / count;
    }

    /**
     * What the rows say.
     *
     * @param constantLoss the mean loss of the best constant on the training rows, which the normalized entropy is
     *     relative to; where it is 0 or NaN there is no such entropy, and the evaluation's is NaN
     * @param binary whether labels are 0 or 1: else there is no AUC, and no row is a positive
     */
    public Evaluation evaluation(double constantLoss, boolean binary) {
        double mean = meanLoss();
        return new Evaluation(
                constantLoss > 0 ? mean / constantLoss : Double.NaN,
                mean,
                binary ? Auc.of(Arrays.copyOf(scores, count), Arrays.copyOf(labels, count)) : Double.NaN,
                actual == 0 ? Double.NaN : predicted / actual,
                binary ? Math.round(actual) : 0,
                losses);
    }
}
