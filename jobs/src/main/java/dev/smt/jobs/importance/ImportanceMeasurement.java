package dev.smt.jobs.importance;

import dev.smt.data.EncodedExamples;
import dev.smt.feature.Feature;
import dev.smt.feature.FeatureImportance;
import dev.smt.jobs.ingest.Split;
import dev.smt.jobs.trial.ExampleCache;
import dev.smt.jobs.trial.TrialModel;
import dev.smt.training.ModelTrainer;
import dev.smt.training.PermutationImportance;
import dev.smt.training.TrainedModel;
import dev.smt.training.TrainingFailedException;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What one task of the importance job does: trains a model's reference, and permutes its share of the features on the
 * validation rows. The same model, seed and data train to the same bits, so the shares of a model fit together.
 *
 * @param reference the model with every feature that it may read
 * @param repeats permutations per feature
 * @param seed of the permutations
 * @param part which share, from 0
 * @param parts shares per model
 */
record ImportanceMeasurement(TrialModel reference, int repeats, long seed, int part, int parts)
        implements Serializable {

    /**
     * The features' importance, or why there is none.
     *
     * @param modelId the model
     * @param failureReason null where the training succeeded
     * @param importances of the share's features
     */
    record Outcome(String modelId, String failureReason, List<FeatureImportance> importances) implements Serializable {}

    Outcome measure(ExampleCache cache) {
        EncodedExamples training = cache.examples(reference.pipeline(), reference.dataVersion(), Split.TRAIN);
        EncodedExamples validation = cache.examples(reference.pipeline(), reference.dataVersion(), Split.VALIDATION);
        try (TrainedModel model = new ModelTrainer().train(reference.specification(), training, reference.seed())) {
            PermutationImportance permutation = new PermutationImportance(repeats, seed);
            List<Feature> features = model.specification().network().features();
            List<FeatureImportance> importances = IntStream.range(0, features.size())
                    .filter(index -> index % parts == part)
                    .mapToObj(index -> permutation.of(model, validation, features.get(index)))
                    .toList();
            return new Outcome(reference.modelId(), null, importances);
        } catch (TrainingFailedException failed) {
            return new Outcome(reference.modelId(), failed.getMessage(), List.of());
        }
    }
}
