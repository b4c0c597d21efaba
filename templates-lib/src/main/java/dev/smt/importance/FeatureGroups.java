package dev.smt.importance;

import dev.smt.data.EncodedExamples;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.ranking.NaturalRanking;

/**
 * Features that say the same: groups of numbers, and of ids, of one type, in which every two are associated, found from the
 * data. Numbers are by Spearman's rank correlation, ids by Cramer's V without its bias (Bergsma 2013). Other features are alone.
 */
public final class FeatureGroups {
    private static final int SAMPLE = 5_000;
    /** Categories of an id that are told apart; what is beyond shares one. */
    private static final int CATEGORIES = 64;

    private FeatureGroups() {}

    /**
     * Groups features.
     *
     * @param features in an order that decides between equal associations
     * @param threshold least association within a group, above 0, at most 1
     * @return each feature in one group, in the features' order
     */
    public static List<List<Feature>> of(EncodedExamples rows, List<Feature> features, double threshold) {
        if (!(threshold > 0 && threshold <= 1)) {
            throw new IllegalArgumentException("threshold is " + threshold + "; allowed: above 0 to 1");
        }
        double[][] association = associations(rows, features);
        List<List<Integer>> groups = new ArrayList<>();
        for (int i = 0; i < features.size(); i++) {
            groups.add(new ArrayList<>(List.of(i)));
        }
        while (mergeClosest(groups, association, threshold)) {
            // Until no two groups are close enough.
        }
        return groups.stream()
                .map(group -> group.stream().sorted().map(features::get).toList())
                .toList();
    }

    /** Complete linkage: a merged group is as close as its two farthest members. */
    private static boolean mergeClosest(List<List<Integer>> groups, double[][] association, double threshold) {
        double best = 0;
        int into = -1;
        int from = -1;
        for (int i = 0; i < groups.size(); i++) {
            for (int j = i + 1; j < groups.size(); j++) {
                double least = least(groups.get(i), groups.get(j), association, threshold);
                if (least >= threshold && least > best) {
                    best = least;
                    into = i;
                    from = j;
                }
            }
        }
        if (into < 0) {
            return false;
        }
        groups.get(into).addAll(groups.remove(from));
        return true;
    }

    private static double least(List<Integer> one, List<Integer> other, double[][] association, double threshold) {
        double least = 1;
        for (int i : one) {
            for (int j : other) {
                least = Math.min(least, association[i][j]);
                if (least < threshold) {
                    return least;
                }
            }
        }
        return least;
    }

    private static double[][] associations(EncodedExamples rows, List<Feature> features) {
        int[] sample = sample(rows.rows());
        List<double[]> ranks = new ArrayList<>();
        List<int[]> categories = new ArrayList<>();
        for (Feature feature : features) {
            boolean number = feature.column() instanceof NumericColumn;
            boolean id = feature.column() instanceof IdColumn;
            ranks.add(number ? ranks(rows.numeric(feature.name()), sample) : new double[0]);
            categories.add(id ? categories(rows.ids(feature.name()), sample) : new int[0]);
        }
        double[][] association = new double[features.size()][features.size()];
        for (int i = 0; i < features.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (features.get(i).type() == features.get(j).type()) {
                    // One of the two is 0: a feature has ranks or categories.
                    association[i][j] =
                            spearman(ranks.get(i), ranks.get(j)) + cramer(categories.get(i), categories.get(j));
                    association[j][i] = association[i][j];
                }
            }
        }
        return association;
    }

    /** Rows at equal distances. */
    private static int[] sample(int rows) {
        int size = Math.min(SAMPLE, rows);
        int[] sample = new int[size];
        for (int i = 0; i < size; i++) {
            sample[i] = (int) ((long) i * rows / size);
        }
        return sample;
    }

    /** Ranks with mean 0 and length 1; all 0 where the number never changes. */
    private static double[] ranks(float[] column, int[] sample) {
        double[] values = new double[sample.length];
        for (int i = 0; i < sample.length; i++) {
            values[i] = column[sample[i]];
        }
        double[] ranks = sample.length == 0 ? values : new NaturalRanking().rank(values);
        double middle = (sample.length + 1) / 2.0;
        double squares = 0;
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] -= middle;
            squares += ranks[i] * ranks[i];
        }
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = squares == 0 ? 0 : ranks[i] / Math.sqrt(squares);
        }
        return ranks;
    }

    private static double spearman(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < Math.min(one.length, other.length); i++) {
            sum += one[i] * other[i];
        }
        return Math.min(1, Math.abs(sum));
    }

    /** The most frequent ids have one each, the others share the last. */
    private static int[] categories(int[] column, int[] sample) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (int row : sample) {
            counts.merge(column[row], 1, Integer::sum);
        }
        List<Integer> frequent = counts.keySet().stream()
                .sorted(Comparator.comparingInt((Integer id) -> -counts.get(id)).thenComparing(id -> id))
                .limit(CATEGORIES - 1)
                .toList();
        Map<Integer, Integer> category = new HashMap<>();
        frequent.forEach(id -> category.put(id, category.size()));
        return IntStream.of(sample)
                .map(row -> category.getOrDefault(column[row], CATEGORIES - 1))
                .toArray();
    }

    private static double cramer(int[] one, int[] other) {
        int n = Math.min(one.length, other.length);
        if (n < 2) {
            return 0;
        }
        double[][] both = new double[CATEGORIES][CATEGORIES];
        double[] ofOne = new double[CATEGORIES];
        double[] ofOther = new double[CATEGORIES];
        for (int i = 0; i < n; i++) {
            both[one[i]][other[i]]++;
            ofOne[one[i]]++;
            ofOther[other[i]]++;
        }
        double phi = -1;
        for (int a = 0; a < CATEGORIES; a++) {
            for (int b = 0; b < CATEGORIES; b++) {
                if (both[a][b] > 0) {
                    phi += both[a][b] * both[a][b] / (ofOne[a] * ofOther[b]);
                }
            }
        }
        double ones = used(ofOne);
        double others = used(ofOther);
        double unbiased = Math.max(0, phi - (ones - 1) * (others - 1) / (n - 1));
        double most = Math.min(corrected(ones, n), corrected(others, n)) - 1;
        return most <= 0 ? 0 : Math.min(1, Math.sqrt(unbiased / most));
    }

    private static double corrected(double categories, int n) {
        return categories - (categories - 1) * (categories - 1) / (n - 1);
    }

    private static double used(double[] counts) {
        double used = 0;
        for (double count : counts) {
            used += count > 0 ? 1 : 0;
        }
        return used;
    }
}
