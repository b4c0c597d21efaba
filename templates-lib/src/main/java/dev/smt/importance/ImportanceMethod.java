package dev.smt.importance;

import dev.smt.feature.Feature;
import dev.smt.feature.FeatureImportance;
import java.io.Serializable;
import java.util.List;

/**
 * A way to measure how much a model relies on its features. All give percent of NE, higher is more important, with a standard
 * error from the rows' buckets (delete-one jackknife); the same arguments give the same bits.
 */
public sealed interface ImportanceMethod extends Serializable
        permits PermutationImportance,
                GroupedPermutation,
                IntegratedGradients,
                FirstOrderAblation,
                LearnedGates,
                LeaveOneFeatureOut {
    /** Of the method, as configurations and tables have it. */
    String name();

    /**
     * The importance of some of the model's features, in their order.
     *
     * @throws IllegalArgumentException when the model has no such feature
     * @throws dev.smt.training.TrainingFailedException when the model's loss is not finite
     */
    List<FeatureImportance> of(ReferenceModel reference, List<Feature> features);

    /** The importance of all features of the model, in the model's order. */
    default List<FeatureImportance> of(ReferenceModel reference) {
        return of(reference, reference.features());
    }
}
