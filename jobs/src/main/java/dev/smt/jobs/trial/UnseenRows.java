package dev.smt.jobs.trial;

import dev.smt.metric.BucketedLoss;
import dev.smt.metric.PairedDelta;
import java.util.Optional;

/**
 * Test rows that nothing is decided by, so that a gain quoted on them is not flattered by what was chosen on the others.
 * Rows go by the bucket of their unit: all rows of a user are on one side.
 *
 * @param share of the buckets, in [0, 1)
 */
public record UnseenRows(double share) {
    /** Every test row decides. */
    public static final UnseenRows NONE = new UnseenRows(0);

    public UnseenRows {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("the share of unseen rows is " + share + "; allowed: from 0 to below 1");
        }
    }

    /** The losses that may decide. */
    public BucketedLoss decisive(BucketedLoss losses) {
        return losses.only(bucket -> bucket < first());
    }

    /** The losses that may not. */
    public BucketedLoss unseen(BucketedLoss losses) {
        return losses.only(bucket -> bucket >= first());
    }

    /** The NE delta on the unseen rows; empty where there are none, or nothing to gain on them. */
    public Optional<PairedDelta> delta(BucketedLoss base, BucketedLoss trial) {
        BucketedLoss baseUnseen = unseen(base);
        return baseUnseen.totalLoss() > 0
                ? Optional.of(PairedDelta.between(baseUnseen, unseen(trial)))
                : Optional.empty();
    }

    /** What a normalized entropy on all rows is on the rows that may decide; it is proportional to the mean loss. */
    public double decisive(double normalizedEntropy, BucketedLoss losses) {
        return share == 0
                ? normalizedEntropy
                : normalizedEntropy * decisive(losses).meanLoss() / losses.meanLoss();
    }

    private int first() {
        return BucketedLoss.BUCKETS - (int) Math.round(share * BucketedLoss.BUCKETS);
    }
}
