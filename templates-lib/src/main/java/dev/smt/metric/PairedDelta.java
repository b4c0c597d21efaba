package dev.smt.metric;

import java.io.Serializable;

/**
 * The NE delta of a trial against its baseline on the same rows: {@code 100 * (NE_base - NE_trial) / NE_base}, in
 * percent, positive is better (paper, Eq. 1), with its standard error from a delete-one-bucket jackknife over paired
 * buckets.
 *
 * @param delta percent
 * @param standardError percent
 */
public record PairedDelta(double delta, double standardError) implements Serializable {

    /**
     * Compares two evaluations of the same rows. The entropy of the training rows' base rate is the same in both, so it
     * cancels.
     *
     * <p>A trial whose loss is not finite has a delta that is not finite either: it failed. With rows in one bucket only
     * the standard error is NaN.
     *
     * @throws IllegalArgumentException when the two did not see the same number of rows in each bucket, or the
     *     baseline's loss is not a positive number
     */
    public static PairedDelta between(BucketedLoss base, BucketedLoss trial) {
        double baseTotal = base.totalLoss();
        double trialTotal = trial.totalLoss();
        if (!(baseTotal > 0) || Double.isInfinite(baseTotal)) {
            throw new IllegalArgumentException("the baseline's loss over " + base.totalRows() + " rows is " + baseTotal
                    + "; a delta needs a finite loss above 0 to compare with");
        }
        double delta = percent(baseTotal, trialTotal);
        int used = 0;
        double mean = 0;
        double squares = 0;
        for (int bucket = 0; bucket < BucketedLoss.BUCKETS; bucket++) {
            if (base.rows(bucket) != trial.rows(bucket)) {
                throw new IllegalArgumentException("bucket " + bucket + " has " + base.rows(bucket)
                        + " rows in the baseline and " + trial.rows(bucket) + " in the trial: not the same rows");
            }
            if (base.rows(bucket) == 0) {
                continue;
            }
            double without = percent(baseTotal - base.loss(bucket), trialTotal - trial.loss(bucket));
            used++;
            double step = without - mean;
            mean += step / used;
            squares += step * (without - mean);
        }
        double error = used < 2 ? Double.NaN : Math.sqrt(squares * (used - 1) / used);
        return new PairedDelta(delta, error);
    }

    private static double percent(double base, double trial) {
        return 100 * (base - trial) / base;
    }
}
