package dev.smt.importance;

import dev.smt.data.Mixing;
import dev.smt.feature.Feature;
import dev.smt.feature.FeatureImportance;
import dev.smt.metric.BucketedLoss;
import dev.smt.metric.PairedDelta;
import dev.smt.training.FeatureScorer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Permutes features on slice after slice of the rows, among the rows of the slice, until what it does to NE is known well enough:
 * no row is scored twice. A slice is of buckets, so a unit's rows stay together.
 */
final class PermutedRows {
    /** Fewer rows say too little to stop after them. */
    private static final int FEWEST_ROWS = 2_000;

    /** All slices so far are this many times those before. */
    private static final double GROWTH = 3;

    private final PermutationImportance method;
    private final FeatureScorer scorer;
    private final List<int[]> slices = new ArrayList<>();
    /** As the rows are, by slice; made when they are asked for. */
    private final Map<Integer, BucketedLoss> losses = new HashMap<>();

    PermutedRows(PermutationImportance method, FeatureScorer scorer) {
        this.method = method;
        this.scorer = scorer;
        double from = 0;
        for (double to = method.precision().firstShare(); to < 1; to *= GROWTH) {
            int[] slice = rows(from, to);
            if (slice.length >= FEWEST_ROWS) {
                slices.add(slice);
                from = to;
            }
        }
        slices.add(rows(from, 1));
    }

    private int[] rows(double from, double to) {
        return IntStream.range(0, scorer.rows().rows())
                .filter(row -> scorer.has(row)
                        && scorer.rows().bucket(row) >= from * BucketedLoss.BUCKETS
                        && scorer.rows().bucket(row) < to * BucketedLoss.BUCKETS)
                .toArray();
    }

    /** A feature's importance, when it and others are permuted together. */
    FeatureImportance of(Feature feature, List<String> together) {
        BucketedLoss base = new BucketedLoss();
        BucketedLoss permuted = new BucketedLoss();
        FeatureImportance measured = null;
        for (int slice = 0; slice < slices.size(); slice++) {
            int number = slice;
            add(base, losses.computeIfAbsent(slice, unused -> scorer.losses(slices.get(number))), 1, true);
            for (int repeat = 0; repeat < method.repeats(); repeat++) {
                add(permuted, permuted(slice, repeat, together), method.repeats(), repeat == 0);
            }
            PairedDelta delta = PairedDelta.between(base, permuted);
            measured = new FeatureImportance(feature.name(), feature.type(), -delta.delta(), delta.standardError());
            if (method.precision().isReached(measured.importance(), measured.standardError())) {
                break;
            }
        }
        return measured;
    }

    private BucketedLoss permuted(int slice, int repeat, List<String> features) {
        long seed = Mixing.seed(method.seed(), String.join(" ", features) + " " + repeat + " " + slice);
        int[] rows = slices.get(slice);
        return scorer.losses(rows, features, permutation(rows, scorer.rows().rows(), seed));
    }

    /** Adds the mean over repeats; its rows are counted once. */
    private static void add(BucketedLoss sum, BucketedLoss one, int repeats, boolean counted) {
        for (int bucket = 0; bucket < BucketedLoss.BUCKETS; bucket++) {
            sum.addBucket(bucket, one.loss(bucket) / repeats, counted ? one.rows(bucket) : 0);
        }
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
