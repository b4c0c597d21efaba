package dev.smt.jobs.mmo;

import dev.smt.jobs.ingest.Split;
import dev.smt.jobs.trial.ExampleCache;
import dev.smt.jobs.trial.ExecutorFanOut;
import dev.smt.jobs.trial.TrialModel;
import dev.smt.jobs.trial.TrialModelOutcome;
import dev.smt.metric.BucketedLoss;
import dev.smt.metric.Evaluation;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Stands in for a training where only the way there and back is measured: waits, and returns losses that follow from the seed
 * and the specification.
 *
 * @param milliseconds mean time; each training's own is between half and one and a half of it
 */
record SleepingTraining(int milliseconds) implements ExecutorFanOut.Work<TrialModel, TrialModelOutcome> {
    private static final int ROWS = 100;

    @Override
    public TrialModelOutcome on(ExampleCache cache, TrialModel trial) {
        long start = System.nanoTime();
        SplittableRandom random = new SplittableRandom(
                trial.seed() ^ trial.specification().toString().hashCode());
        try {
            Thread.sleep(milliseconds / 2 + (milliseconds > 0 ? random.nextInt(milliseconds) : 0));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
        Map<Split, Evaluation> evaluations = new EnumMap<>(Split.class);
        for (Split split : trial.evaluateOn()) {
            BucketedLoss losses = new BucketedLoss();
            double level = 0.3 + 0.01 * random.nextDouble();
            for (int bucket = 0; bucket < BucketedLoss.BUCKETS; bucket++) {
                losses.addBucket(bucket, ROWS * level * (0.95 + 0.1 * random.nextDouble()), ROWS);
            }
            evaluations.put(split, new Evaluation(losses.meanLoss() / 0.35, losses.meanLoss(), 0.7, 1, 1_000, losses));
        }
        return new TrialModelOutcome(
                trial.modelId(), null, evaluations, List.of(), (System.nanoTime() - start) / 1e9, 0, "cpu", "sleeping");
    }
}
