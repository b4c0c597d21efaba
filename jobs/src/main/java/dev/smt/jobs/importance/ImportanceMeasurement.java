package dev.smt.jobs.importance;

import dev.smt.data.EncodedExamples;
import dev.smt.feature.Feature;
import dev.smt.feature.FeatureImportance;
import dev.smt.importance.GroupedPermutation;
import dev.smt.importance.ImportanceMethod;
import dev.smt.importance.ReferenceModel;
import dev.smt.jobs.ingest.Split;
import dev.smt.jobs.trial.ExampleCache;
import dev.smt.jobs.trial.TrialModel;
import dev.smt.training.ModelTrainer;
import dev.smt.training.TrainedModel;
import dev.smt.training.TrainingFailedException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one task of the importance job does: trains a model's reference, and measures its share of the features on the
 * validation rows. The same model, seed and data train to the same bits, so the shares of a model fit together.
 *
 * @param reference the model with every feature that it may read
 * @param methods to measure by
 * @param share which features
 */
record ImportanceMeasurement(TrialModel reference, List<ImportanceMethod> methods, Share share)
        implements Serializable {
    ImportanceMeasurement {
        methods = List.copyOf(methods);
    }

    /** Some of a model's features. */
    sealed interface Share extends Serializable {}

    /**
     * One of several parts; features that say the same are in one.
     *
     * @param part which, from 0
     * @param parts all
     */
    record Part(int part, int parts) implements Share {}

    /** Features by name. */
    record Named(Set<String> features) implements Share {
        Named {
            features = Set.copyOf(features);
        }
    }

    /**
     * The features' importance, or why there is none.
     *
     * @param modelId the model
     * @param failureReason null where the training succeeded
     * @param byMethod importances of the share's features
     */
    record Outcome(String modelId, String failureReason, Map<String, List<FeatureImportance>> byMethod)
            implements Serializable {}

    Outcome measure(ExampleCache cache) {
        EncodedExamples training = cache.examples(reference.pipeline(), reference.dataVersion(), Split.TRAIN);
        EncodedExamples validation = cache.examples(reference.pipeline(), reference.dataVersion(), Split.VALIDATION);
        try (TrainedModel model = new ModelTrainer().train(reference.specification(), training, reference.seed())) {
            ReferenceModel trained = new ReferenceModel(model, training, validation, reference.seed());
            List<Feature> features = features(trained);
            Map<String, List<FeatureImportance>> byMethod = new LinkedHashMap<>();
            methods.forEach(method -> byMethod.put(method.name(), method.of(trained, features)));
            return new Outcome(reference.modelId(), null, byMethod);
        } catch (TrainingFailedException failed) {
            return new Outcome(reference.modelId(), failed.getMessage(), Map.of());
        }
    }

    private List<Feature> features(ReferenceModel trained) {
        if (share instanceof Named named) {
            return trained.features().stream()
                    .filter(feature -> named.features().contains(feature.name()))
                    .toList();
        }
        Part own = (Part) share;
        List<List<Feature>> groups = groups(trained);
        List<Feature> features = new ArrayList<>();
        for (int group = own.part(); group < groups.size(); group += own.parts()) {
            features.addAll(groups.get(group));
        }
        return features;
    }

    private List<List<Feature>> groups(ReferenceModel trained) {
        for (ImportanceMethod method : methods) {
            if (method instanceof GroupedPermutation grouped) {
                return grouped.groups(trained);
            }
        }
        return trained.features().stream().map(List::of).toList();
    }
}
