package dev.smt.importance;

import dev.smt.feature.Feature;
import dev.smt.feature.FeatureImportance;
import dev.smt.training.InputAttribution;
import java.util.List;

/**
 * What a feature's inputs take off the loss on the way from the mean inputs to a row's own (Sundararajan, Taly, Yan 2017), in percent
 * of NE. All features come from the same passes, so it costs what one feature costs. They add up to what the model is better than
 * itself with mean inputs; features that say the same share it.
 *
 * @param steps of the way, 1 or more; each is a forward and a backward pass over the rows
 */
public record IntegratedGradients(int steps) implements ImportanceMethod {
    /** Of the method. */
    public static final String NAME = "integrated-gradients";

    public IntegratedGradients {
        if (steps < 1) {
            throw new IllegalArgumentException("steps is " + steps + "; allowed: 1 or more");
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<FeatureImportance> of(ReferenceModel reference, List<Feature> features) {
        reference.require(features);
        InputAttribution.Losses losses = new InputAttribution(reference.model(), reference.validation()).losses(steps);
        return features.stream()
                .map(feature ->
                        EntropyRise.of(feature, losses.own(), losses.without().get(feature.name())))
                .toList();
    }
}
