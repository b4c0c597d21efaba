package dev.smt.training;

import dev.smt.data.EncodedExamples;
import dev.smt.data.Mixing;
import dev.smt.feature.Feature;
import dev.smt.feature.FeatureImportance;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How much a trained model relies on each feature: the rise of its NE when the feature's values are permuted among the
 * evaluation rows (Breiman 2001; Fisher, Rudin, Dominici 2019), in percent of the NE with the rows as they are. A declared
 * feature keeps its values when its sources' are permuted, and the other way round.
 *
 * @param repeats permutations per feature, 1 or more
 * @param seed of the permutations
 */
public record PermutationImportance(int repeats, long seed) {
    public PermutationImportance {
        if (repeats < 1) {
            throw new IllegalArgumentException("repeats is " + repeats + "; allowed: 1 or more");
        }
    }

    /** The importance of each feature of the model, in the model's order. */
    public List<FeatureImportance> of(TrainedModel model, EncodedExamples validation) {
        double base = model.normalizedEntropy(validation);
        EncodedExamples all = model.withTransforms(validation);
        return model.specification().network().features().stream()
                .map(feature -> of(feature, model, all, base))
                .toList();
    }

    /** The importance of one feature of the model; the same as in the list of all. */
    public FeatureImportance of(TrainedModel model, EncodedExamples validation, Feature feature) {
        return of(feature, model, model.withTransforms(validation), model.normalizedEntropy(validation));
    }

    private FeatureImportance of(Feature feature, TrainedModel model, EncodedExamples validation, double base) {
        List<Double> rises = new ArrayList<>();
        for (int repeat = 0; repeat < repeats; repeat++) {
            int[] permutation = permutation(validation.rows(), Mixing.seed(seed, feature.name() + " " + repeat));
            double permuted = model.normalizedEntropy(validation.withPermuted(feature.name(), permutation));
            rises.add(100 * (permuted - base) / base);
        }
        double mean = rises.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double squares = rises.stream()
                .mapToDouble(rise -> (rise - mean) * (rise - mean))
                .sum();
        // One repeat has no spread: 0 / 0 is NaN.
        double standardError = Math.sqrt(squares / (repeats - 1) / repeats);
        return new FeatureImportance(feature.name(), feature.type(), mean, standardError);
    }

    private static int[] permutation(int size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] permutation = new int[size];
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            permutation[i] = permutation[j];
            permutation[j] = i;
        }
        return permutation;
    }
}
