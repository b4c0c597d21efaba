package dev.smt.data;

import java.io.Serializable;

/**
 * How a template's models see their training rows (paper, section 3.2.1). Evaluation rows are never changed.
 *
 * @param negativeRate share of the negative training rows that is kept, chosen by row hash, in (0, 1]; predictions are
 *     re-calibrated by p / (p + (1 - p) / rate)
 * @param recencyHalfLife age at which a training row's weight is one half, as a share of the training period, above 0;
 *     positive infinity: all rows weigh the same
 */
public record DataTemplate(double negativeRate, double recencyHalfLife) implements Serializable {
    /** All rows, the same weight. */
    public static final DataTemplate PLAIN = new DataTemplate(1, Double.POSITIVE_INFINITY);

    public DataTemplate {
        if (!(negativeRate > 0 && negativeRate <= 1)) {
            throw new IllegalArgumentException("negative rate is " + negativeRate + "; allowed: above 0, at most 1");
        }
        if (!(recencyHalfLife > 0)) {
            throw new IllegalArgumentException("recency half-life is " + recencyHalfLife + "; allowed: above 0");
        }
    }
}
