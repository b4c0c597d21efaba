package dev.smt.jobs.scoring;

import dev.smt.data.EncodedExamples;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.jobs.ingest.Split;
import dev.smt.jobs.trial.ExampleCache;
import dev.smt.jobs.trial.TrialModel;
import dev.smt.metric.Evaluation;
import dev.smt.model.Provenance;
import dev.smt.model.StoredModel;
import dev.smt.training.ModelState;
import dev.smt.training.ModelTrainer;
import dev.smt.training.TrainedModel;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Trains a model on an executor, evaluates it as it is served, and writes its file.
 *
 * @param store where to
 * @param file below the warehouse
 * @param template the published version, such as {@code sparse-nn-medium@3}
 * @param codeVersion of this program
 */
record ModelExport(TrialModel model, ModelStore store, String file, String template, String codeVersion)
        implements Serializable {

    /** What was written, and what was measured: {@code <split>.<event>.<metric>}. */
    record Exported(ModelStore.Written written, HashMap<String, Double> metrics) implements Serializable {}

    /** @throws dev.smt.training.TrainingFailedException when the training fails */
    Exported run(ExampleCache cache) {
        EncodedExamples rows = cache.examples(model.pipeline(), model.dataVersion(), Split.TRAIN);
        ModelState state;
        try (TrainedModel trained = new ModelTrainer().train(model.specification(), rows, model.seed())) {
            state = trained.state();
        }
        HashMap<String, Double> metrics = new HashMap<>();
        try (TrainedModel served = TrainedModel.of(model.specification(), state)) {
            for (Split split : model.evaluateOn()) {
                EncodedExamples examples = cache.examples(model.pipeline(), model.dataVersion(), split);
                for (OptimizationEvent event : model.specification().network().events()) {
                    String prefix = split.label() + "." + event.label() + ".";
                    metrics.putAll(metrics(prefix, served.evaluate(examples, event.label())));
                }
            }
        }
        Provenance provenance =
                new Provenance(model.modelId(), template, model.pipeline(), model.dataVersion(), codeVersion);
        StoredModel stored = new StoredModel(model.specification(), provenance, new TreeMap<>(metrics), state);
        return new Exported(store.write(file, stored), metrics);
    }

    private static Map<String, Double> metrics(String prefix, Evaluation evaluation) {
        Map<String, Double> metrics = new HashMap<>();
        metrics.put(prefix + "ne", evaluation.normalizedEntropy());
        metrics.put(prefix + "loss", evaluation.logLoss());
        metrics.put(prefix + "auc", evaluation.auc());
        metrics.put(prefix + "calibration", evaluation.calibration());
        metrics.values().removeIf(value -> !Double.isFinite(value));
        return metrics;
    }
}
