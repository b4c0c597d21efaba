package dev.smt.metric;

import java.io.Serializable;
import java.util.Objects;

/**
 * What one evaluation of one model says.
 *
 * @param normalizedEntropy mean log loss / entropy of the training rows' base rate (He et al. 2014); lower is better
 * @param logLoss mean log loss per row, in nats
 * @param auc area under the ROC curve in [0, 1]; NaN where the rows have one class only
 * @param calibration sum of predictions / number of positives; NaN without positives
 * @param positives rows with label 1
 * @param losses the losses by bucket
 */
public record Evaluation(
        double normalizedEntropy, double logLoss, double auc, double calibration, long positives, BucketedLoss losses)
        implements Serializable {
    public Evaluation {
        Objects.requireNonNull(losses, "losses");
    }

    /** Number of evaluated rows. */
    public long rows() {
        return losses.totalRows();
    }
}
