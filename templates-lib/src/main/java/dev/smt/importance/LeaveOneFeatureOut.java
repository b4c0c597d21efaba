package dev.smt.importance;

import dev.smt.feature.Feature;
import dev.smt.feature.FeatureImportance;
import dev.smt.metric.BucketedLoss;
import dev.smt.nn.NetworkSpecification;
import dev.smt.training.ModelSpecification;
import dev.smt.training.ModelTrainer;
import dev.smt.training.TrainedModel;
import java.util.List;

/**
 * The rise of NE when the model is trained again without the feature, from the same seed: what the feature adds to the others.
 * It takes a training per feature, so it is for a short list. Declared features that read the feature stay.
 */
public record LeaveOneFeatureOut() implements ImportanceMethod {
    /** Of the method. */
    public static final String NAME = "leave-one-out";

    @Override
    public String name() {
        return NAME;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException also where the network can't be without the feature: it is the only one, or the only one of
     *     its tower
     */
    @Override
    public List<FeatureImportance> of(ReferenceModel reference, List<Feature> features) {
        reference.require(features);
        BucketedLoss with = reference.model().evaluate(reference.validation()).losses();
        return features.stream()
                .map(feature -> EntropyRise.of(feature, with, without(reference, feature)))
                .toList();
    }

    private static BucketedLoss without(ReferenceModel reference, Feature feature) {
        ModelSpecification specification = without(reference.model().specification(), feature);
        try (TrainedModel model = new ModelTrainer().train(specification, reference.training(), reference.seed())) {
            return model.evaluate(reference.validation()).losses();
        }
    }

    private static ModelSpecification without(ModelSpecification specification, Feature feature) {
        NetworkSpecification network = specification.network();
        NetworkSpecification rest = new NetworkSpecification(
                network.architecture(),
                network.features().stream()
                        .filter(other -> !other.equals(feature))
                        .toList(),
                network.maxSequenceLength(),
                network.pooling(),
                network.events(),
                network.transforms());
        return new ModelSpecification(
                rest,
                specification.data(),
                specification.training(),
                specification.serving(),
                specification.hash() + " without " + feature.name(),
                specification.servingHash());
    }
}
