package dev.smt.jobs.trial;

import dev.smt.metric.BucketedLoss;
import java.util.ArrayList;
import java.util.List;

/** Bucketed losses as two lists of a table row. */
final class StoredLosses {
    private StoredLosses() {}

    static List<Double> losses(BucketedLoss losses) {
        List<Double> values = new ArrayList<>(BucketedLoss.BUCKETS);
        for (int bucket = 0; bucket < BucketedLoss.BUCKETS; bucket++) {
            values.add(losses.loss(bucket));
        }
        return values;
    }

    static List<Double> rows(BucketedLoss losses) {
        List<Double> values = new ArrayList<>(BucketedLoss.BUCKETS);
        for (int bucket = 0; bucket < BucketedLoss.BUCKETS; bucket++) {
            values.add((double) losses.rows(bucket));
        }
        return values;
    }

    static BucketedLoss of(List<Double> losses, List<Double> rows) {
        BucketedLoss stored = new BucketedLoss();
        for (int bucket = 0; bucket < losses.size(); bucket++) {
            stored.addBucket(bucket, losses.get(bucket), Math.round(rows.get(bucket)));
        }
        return stored;
    }
}
