package dev.smt.importance;

import dev.smt.data.Mixing;
import dev.smt.feature.Feature;
import dev.smt.feature.FeatureImportance;
import dev.smt.metric.BucketedLoss;
import dev.smt.metric.PairedDelta;
import dev.smt.training.FeatureScorer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Permutes features on growing shares of the rows, until what it does to NE is known well enough. A share is of buckets, so a
 * unit's rows stay together.
 */
final class PermutedRows {
    /** Fewer rows say too little to stop after them. */
    private static final int FEWEST_ROWS = 2_000;

    /** Every share is this many times the one before. */
    private static final double GROWTH = 3;

    private final PermutationImportance method;
    private final FeatureScorer scorer;
    /** By share. */
    private final TreeMap<Double, int[]> rows = new TreeMap<>();

    private final TreeMap<Double, BucketedLoss> losses = new TreeMap<>();

    PermutedRows(PermutationImportance method, FeatureScorer scorer) {
        this.method = method;
        this.scorer = scorer;
        for (double share = method.precision().firstShare(); share < 1; share *= GROWTH) {
            int[] some = rows(share);
            if (some.length >= FEWEST_ROWS) {
                rows.put(share, some);
            }
        }
        rows.put(1.0, rows(1));
    }

    private int[] rows(double share) {
        double limit = share * BucketedLoss.BUCKETS;
        return IntStream.range(0, scorer.rows().rows())
                .filter(row -> scorer.has(row) && scorer.rows().bucket(row) < limit)
                .toArray();
    }

    /** A feature's importance, when it and others are permuted together. */
    FeatureImportance of(Feature feature, List<String> together) {
        FeatureImportance measured = null;
        for (double share : rows.keySet()) {
            PairedDelta delta = delta(share, together);
            measured = new FeatureImportance(feature.name(), feature.type(), -delta.delta(), delta.standardError());
            if (method.precision().isReached(measured.importance(), measured.standardError())) {
                break;
            }
        }
        return measured;
    }

    private PairedDelta delta(double share, List<String> features) {
        int[] some = rows.get(share);
        BucketedLoss base = losses.computeIfAbsent(share, unused -> scorer.losses(some));
        BucketedLoss permuted = new BucketedLoss();
        for (int repeat = 0; repeat < method.repeats(); repeat++) {
            long seed = Mixing.seed(method.seed(), String.join(" ", features) + " " + repeat);
            BucketedLoss one = scorer.losses(
                    some, features, permutation(some, scorer.rows().rows(), seed));
            for (int bucket = 0; bucket < BucketedLoss.BUCKETS; bucket++) {
                long counted = repeat == 0 ? one.rows(bucket) : 0;
                permuted.addBucket(bucket, one.loss(bucket) / method.repeats(), counted);
            }
        }
        return PairedDelta.between(base, permuted);
    }

    /** Permutes some of the rows among themselves; the others stay. */
    private static int[] permutation(int[] some, int size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] permutation = IntStream.range(0, size).toArray();
        for (int i = some.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int row = permutation[some[i]];
            permutation[some[i]] = permutation[some[j]];
            permutation[some[j]] = row;
        }
        return permutation;
    }
}
