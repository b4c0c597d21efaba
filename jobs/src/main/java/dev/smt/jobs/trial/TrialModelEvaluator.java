package dev.smt.jobs.trial;

import ai.djl.engine.EngineException;
import dev.smt.data.EncodedExamples;
import dev.smt.jobs.ingest.Split;
import dev.smt.metric.Evaluation;
import dev.smt.metric.SegmentEvaluation;
import dev.smt.training.ModelTrainer;
import dev.smt.training.SegmentEvaluator;
import dev.smt.training.TrainedModel;
import dev.smt.training.TrainingFailedException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Trains one trial model on an executor, and evaluates it as it is served. A bad trial is a result with a reason, never a failed task. */
final class TrialModelEvaluator {
    private static final String DEVICE = "cpu";

    private final ExampleCache cache;

    TrialModelEvaluator(ExampleCache cache) {
        this.cache = cache;
    }

    TrialModelOutcome evaluate(TrialModel trial) {
        EncodedExamples training = cache.examples(trial.pipeline(), trial.dataVersion(), Split.TRAIN);
        try (TrainedModel model = new ModelTrainer().train(trial.specification(), training, trial.seed());
                TrainedModel served = model.served()) {
            Map<Split, Evaluation> evaluations = new EnumMap<>(Split.class);
            for (Split split : trial.evaluateOn()) {
                EncodedExamples rows = cache.examples(trial.pipeline(), trial.dataVersion(), split);
                Evaluation evaluation = served.evaluate(rows);
                if (!Double.isFinite(evaluation.normalizedEntropy())) {
                    return failure(
                            trial, "normalized entropy on the " + split + " rows is " + evaluation.normalizedEntropy());
                }
                evaluations.put(split, evaluation);
            }
            return new TrialModelOutcome(
                    trial.modelId(),
                    null,
                    evaluations,
                    segments(trial, training, served),
                    model.trainSeconds(),
                    model.examples(),
                    DEVICE,
                    host());
        } catch (TrainingFailedException failed) {
            return failure(trial, failed.getMessage());
        } catch (EngineException broken) {
            return failure(trial, "the training engine failed: " + broken.getMessage());
        } catch (OutOfMemoryError tooLarge) {
            return failure(trial, "out of memory: " + tooLarge.getMessage());
        }
    }

    private List<SegmentEvaluation> segments(TrialModel trial, EncodedExamples training, TrainedModel served) {
        return trial.segments().isEmpty()
                ? List.of()
                : new SegmentEvaluator(training, trial.segments())
                        .evaluate(served, cache.examples(trial.pipeline(), trial.dataVersion(), Split.TEST));
    }

    private static TrialModelOutcome failure(TrialModel trial, String reason) {
        return new TrialModelOutcome(trial.modelId(), reason, Map.of(), List.of(), 0, 0, DEVICE, host());
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unknown) {
            return "unknown";
        }
    }
}
