package dev.smt.importance;

import dev.smt.data.EncodedExamples;
import dev.smt.feature.Feature;
import dev.smt.training.TrainedModel;
import java.util.List;
import java.util.Objects;

/**
 * A model whose features are ranked, with the rows that it was trained on and those that it is asked about.
 *
 * @param model to be closed by who opened it
 * @param training rows that it was trained on
 * @param validation rows that the importance is measured on
 * @param seed of its training
 */
public record ReferenceModel(TrainedModel model, EncodedExamples training, EncodedExamples validation, long seed) {
    public ReferenceModel {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(training, "training");
        Objects.requireNonNull(validation, "validation");
    }

    /** @throws IllegalArgumentException for a feature that the model has not */
    void require(List<Feature> wanted) {
        wanted.stream()
                .filter(feature -> !features().contains(feature))
                .findFirst()
                .ifPresent(unknown -> {
                    throw new IllegalArgumentException("no feature " + unknown.name() + "; there are "
                            + features().stream().map(Feature::name).toList());
                });
    }

    /** The model's features, the declared ones last. */
    public List<Feature> features() {
        return model.specification().network().features();
    }
}
