package dev.smt.metric;

import java.io.Serializable;
import java.util.function.IntPredicate;

/**
 * The log loss of one model on one set of rows, summed in {@value #BUCKETS} buckets, so that two models can be compared
 * pair by pair and the comparison gets a standard error (delete-one-bucket jackknife).
 *
 * <p>A row's bucket is a hash of its unit (the user, say): rows of one unit stay together, so correlated rows do not
 * make the error look smaller than it is. Losses are in nats.
 */
public final class BucketedLoss implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Number of buckets; fixed, because stored losses are compared with new ones. */
    public static final int BUCKETS = 256;

    private final double[] loss = new double[BUCKETS];
    private final long[] rows = new long[BUCKETS];

    /** Adds one row: {@code nats} is its log loss, {@code bucket} in [0, {@value #BUCKETS}). */
    public void add(int bucket, double nats) {
        loss[bucket] += nats;
        rows[bucket]++;
    }

    /** Adds a whole bucket, as read from a table. */
    public void addBucket(int bucket, double nats, long count) {
        loss[bucket] += nats;
        rows[bucket] += count;
    }

    /** The losses of some buckets alone. */
    public BucketedLoss only(IntPredicate wanted) {
        BucketedLoss some = new BucketedLoss();
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            if (wanted.test(bucket)) {
                some.addBucket(bucket, loss[bucket], rows[bucket]);
            }
        }
        return some;
    }

    /** Sum of the losses of a bucket, in nats. */
    public double loss(int bucket) {
        return loss[bucket];
    }

    /** Number of rows of a bucket. */
    public long rows(int bucket) {
        return rows[bucket];
    }

    /** Sum of all losses, in nats. */
    public double totalLoss() {
        double sum = 0;
        for (double value : loss) {
            sum += value;
        }
        return sum;
    }

    /** Mean loss of a row, in nats; NaN where there is no row. */
    public double meanLoss() {
        return totalLoss() / totalRows();
    }

    /** Number of all rows. */
    public long totalRows() {
        long sum = 0;
        for (long value : rows) {
            sum += value;
        }
        return sum;
    }
}
