package dev.smt.importance;

import dev.smt.feature.Feature;
import dev.smt.feature.FeatureImportance;
import dev.smt.training.InputAttribution;
import dev.smt.training.InputAttribution.Losses;
import java.util.List;

/**
 * The rise of NE when a feature's inputs go to their mean and the model's output follows its gradient there: the first order of
 * what ablation does (the Taylor criterion of Molchanov et al. 2017, for inputs). The gradient is the output's. The loss's own is
 * near zero for every feature where a training has converged; here the loss is evaluated where the output gets to. All features
 * come from one forward and one backward pass.
 */
public record FirstOrderAblation() implements ImportanceMethod {
    /** Of the method. */
    public static final String NAME = "first-order-ablation";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<FeatureImportance> of(ReferenceModel reference, List<Feature> features) {
        reference.require(features);
        Losses losses =
                new InputAttribution(reference.model(), reference.validation()).ablated(feature -> 1, bucket -> true);
        return features.stream()
                .map(feature ->
                        EntropyRise.of(feature, losses.own(), losses.without().get(feature.name())))
                .toList();
    }
}
