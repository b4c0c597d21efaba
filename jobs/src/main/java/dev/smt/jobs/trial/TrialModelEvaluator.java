package dev.smt.jobs.trial;

import ai.djl.engine.EngineException;
import dev.smt.data.EncodedExamples;
import dev.smt.jobs.executor.DeviceChoice;
import dev.smt.jobs.executor.ExecutorSettings;
import dev.smt.jobs.executor.HeapShares;
import dev.smt.jobs.executor.TaskDevice;
import dev.smt.jobs.ingest.Split;
import dev.smt.jobs.lease.LocalHost;
import dev.smt.jobs.run.LogIds;
import dev.smt.jobs.run.Progress;
import dev.smt.metric.Evaluation;
import dev.smt.metric.SegmentEvaluation;
import dev.smt.training.ComputeDevice;
import dev.smt.training.ModelSizes;
import dev.smt.training.ModelTrainer;
import dev.smt.training.SegmentEvaluator;
import dev.smt.training.TrainedModel;
import dev.smt.training.TrainingFailedException;
import dev.smt.training.TrainingInterruptedException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains one trial model on an executor, and evaluates it as it is served. A bad trial is a result with a reason, never a failed task. */
final class TrialModelEvaluator {
    private static final Logger LOG = LoggerFactory.getLogger(TrialModelEvaluator.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int HUNG = 57;
    private static final double BYTES_PER_GIGABYTE = 1e9;

    private final ExampleCache cache;

    TrialModelEvaluator(ExampleCache cache) {
        this.cache = cache;
    }

    TrialModelOutcome evaluate(TrialModel trial) {
        Map<String, String> ids = Map.of("model", trial.modelId(), "seed", Long.toString(trial.seed()));
        return LogIds.with(ids, () -> {
            TrialModelOutcome outcome = inTime(trial);
            if (outcome.failed()) {
                LOG.info("a training failed: {}", outcome.failureReason());
            } else {
                LOG.info("trained in {} s on {} examples", outcome.trainSeconds(), outcome.examples());
            }
            return outcome;
        });
    }

    @SuppressWarnings("try") // The share is held, not used.
    private TrialModelOutcome inTime(TrialModel trial) {
        Duration most = ExecutorSettings.of(SparkEnv.get().conf()).trainingLimit();
        TaskContext task = TaskContext.get();
        ComputeDevice device = device();
        if (task.attemptNumber() > 0 && cache.hungTrainings().takeMark(task, trial)) {
            return failure(trial, device, tooLong(most) + ", and hung so that its process had to be ended");
        }
        long tables = ModelSizes.tableBytes(trial.specification());
        if (!cache.heap().fits(tables)) {
            return failure(trial, device, tooLarge(tables));
        }
        try (HeapShares.Share share = share(tables);
                TimeLimit limit = new TimeLimit(most, PATIENCE, () -> endProcess(task, trial))) {
            try {
                return trained(trial, device);
            } catch (TrainingInterruptedException stopped) {
                if (!limit.reached()) {
                    throw stopped;
                }
                return failure(trial, device, tooLong(most));
            }
        }
    }

    private HeapShares.Share share(long tables) {
        try {
            return cache.heap().take(tables);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped as it waited for memory", stopped);
        }
    }

    private String tooLarge(long tables) {
        return String.format(
                Locale.ROOT,
                "not enough memory: the embedding tables and their optimizer's state take %.1f GB, the heap of %s is %.1f GB;"
                        + " give it more (spark.executor.memory; on one machine SMT_HEAP), or cap the tables (architecture.embedding-buckets)",
                tables / BYTES_PER_GIGABYTE,
                LocalHost.name(),
                cache.heap().heap() / BYTES_PER_GIGABYTE);
    }

    private static String tooLong(Duration limit) {
        return "the training took longer than " + Progress.span(limit.toMillis() / 1e3)
                + " (executors.training-limit-hours)";
    }

    /** The driver's process is left alone: the study would end with it. */
    private void endProcess(TaskContext task, TrialModel trial) {
        LOG.error("the training of {} hangs in native code", trial.modelId());
        if (!SparkEnv.get().executorId().equals(TaskDevice.DRIVER)) {
            cache.hungTrainings().mark(task, trial);
            Runtime.getRuntime().halt(HUNG);
        }
    }

    private TrialModelOutcome trained(TrialModel trial, ComputeDevice device) {
        EncodedExamples training = cache.examples(trial.pipeline(), trial.dataVersion(), Split.TRAIN, trial.sample());
        try (TrainedModel model = new ModelTrainer(1, device).train(trial.specification(), training, trial.seed());
                TrainedModel served = model.served()) {
            Map<Split, Evaluation> evaluations = new EnumMap<>(Split.class);
            for (Split split : trial.evaluateOn()) {
                EncodedExamples rows = cache.examples(trial.pipeline(), trial.dataVersion(), split);
                Evaluation evaluation = served.evaluate(rows);
                if (!Double.isFinite(evaluation.normalizedEntropy())) {
                    return failure(
                            trial,
                            device,
                            "normalized entropy on the " + split + " rows is " + evaluation.normalizedEntropy());
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
                    device.toString(),
                    LocalHost.name());
        } catch (TrainingFailedException failed) {
            return failure(trial, device, failed.getMessage());
        } catch (EngineException broken) {
            return failure(trial, device, "the training engine failed: " + broken.getMessage());
        } catch (OutOfMemoryError tooLarge) {
            return failure(trial, device, "out of memory: " + tooLarge.getMessage());
        }
    }

    /** A GPU that breaks during a study is a broken executor: Spark does its trainings elsewhere. */
    private ComputeDevice device() {
        DeviceChoice.Decision decision = cache.device().decide();
        return decision.device()
                .orElseThrow(() -> new IllegalStateException(decision.problem().orElseThrow()));
    }

    private List<SegmentEvaluation> segments(TrialModel trial, EncodedExamples training, TrainedModel served) {
        return trial.segments().isEmpty()
                ? List.of()
                : new SegmentEvaluator(training, trial.segments())
                        .evaluate(served, cache.examples(trial.pipeline(), trial.dataVersion(), Split.TEST));
    }

    private static TrialModelOutcome failure(TrialModel trial, ComputeDevice device, String reason) {
        return new TrialModelOutcome(
                trial.modelId(), reason, Map.of(), List.of(), 0, 0, device.toString(), LocalHost.name());
    }
}
