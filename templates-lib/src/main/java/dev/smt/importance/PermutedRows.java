package dev.smt.importance;

import dev.smt.data.Mixing;
import dev.smt.data.Permutation;
import dev.smt.feature.Feature;
import dev.smt.feature.FeatureImportance;
import dev.smt.metric.BucketedLoss;
import dev.smt.training.FeatureChange;
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

    /** Of the permutations of the features that are asked about at once: 64 MB. */
    private static final int MOST_ENTRIES = 1 << 24;

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

    /**
     * What is asked of a feature.
     *
     * @param together what is permuted, the feature among it
     */
    record Question(Feature feature, List<String> together) {
        /** Of a feature alone. */
        Question(Feature feature) {
            this(feature, List.of(feature.name()));
        }
    }

    /** The features' importances, in the questions' order. Each batch of rows is read once for a group of them. */
    List<FeatureImportance> of(List<Question> questions) {
        long entries = (long) method.repeats() * scorer.rows().rows() + 1;
        int group = (int) Math.max(1, MOST_ENTRIES / entries);
        List<FeatureImportance> importances = new ArrayList<>();
        for (int from = 0; from < questions.size(); from += group) {
            importances.addAll(group(questions.subList(from, Math.min(questions.size(), from + group))));
        }
        return importances;
    }

    private List<FeatureImportance> group(List<Question> questions) {
        List<Open> all = questions.stream().map(Open::new).toList();
        List<Open> open = all;
        BucketedLoss base = new BucketedLoss();
        for (int slice = 0; slice < slices.size() && !open.isEmpty(); slice++) {
            int number = slice;
            add(base, losses.computeIfAbsent(slice, unused -> scorer.losses(slices.get(number))), 1, true);
            ask(open, slice, base);
            open = open.stream()
                    .filter(one ->
                            !method.precision().isReached(one.measured.importance(), one.measured.standardError()))
                    .toList();
        }
        return all.stream().map(one -> one.measured).toList();
    }

    private void ask(List<Open> open, int slice, BucketedLoss base) {
        int repeats = method.repeats();
        List<FeatureChange> changes = new ArrayList<>();
        for (Open one : open) {
            for (int repeat = 0; repeat < repeats; repeat++) {
                changes.add(change(slice, repeat, one.question.together()));
            }
        }
        List<BucketedLoss> found = scorer.losses(slices.get(slice), changes);
        for (int i = 0; i < open.size(); i++) {
            Open one = open.get(i);
            for (int repeat = 0; repeat < repeats; repeat++) {
                add(one.permuted, found.get(i * repeats + repeat), repeats, repeat == 0);
            }
            one.measured = EntropyRise.of(one.question.feature(), base, one.permuted);
        }
    }

    /** A question and what is known of it; measured after the first slice. */
    private static final class Open {
        private final Question question;
        private final BucketedLoss permuted = new BucketedLoss();
        private FeatureImportance measured;

        Open(Question question) {
            this.question = question;
        }
    }

    private FeatureChange change(int slice, int repeat, List<String> features) {
        long seed = Mixing.seed(method.seed(), String.join(" ", features) + " " + repeat + " " + slice);
        int size = scorer.rows().rows();
        return new FeatureChange(features, new Permutation(permutation(slices.get(slice), size, seed), size));
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
