package dev.smt.training;

import dev.smt.data.EncodedExamples;
import dev.smt.nn.representation.FittedFeatures;
import dev.smt.training.sharding.ShardingLayout;
import java.util.List;

/**
 * Trains one model from its specification. The same specification, rows and seed give the same bits, also when other
 * trainings run beside it in the same JVM; trainings may run in any number of threads.
 */
public final class ModelTrainer {
    private final Workers workers;

    /** Each training runs in the calling thread, on the processor. */
    public ModelTrainer() {
        this(1, ComputeDevice.CPU);
    }

    /**
     * A trainer whose trainings run in several threads each.
     *
     * @param threads that share each step, 1 or more; another number gives other last bits. Where several models are to
     *     be trained, as many trainings of one thread each are faster. A template that asks for devices has a thread for
     *     each of them instead
     * @param device where the dense part computes; on a GPU the last digits differ, and may from run to run. Devices that a
     *     template asks for are threads always
     */
    public ModelTrainer(int threads, ComputeDevice device) {
        this.workers = new Workers(threads, device);
    }

    /**
     * Trains a model; the caller closes it.
     *
     * @param seed of the initial parameters and of the order of the rows
     * @throws TrainingFailedException when a label has values that its event can't have or one class only, or the loss
     *     becomes NaN, infinite, or larger than its template allows
     * @throws TrainingInterruptedException when the calling thread is interrupted: a training ends between two steps
     * @throws IllegalArgumentException when the rows lack a feature or the label
     */
    public TrainedModel train(ModelSpecification specification, EncodedExamples train, long seed) {
        long start = System.nanoTime();
        HeldOutRows heldOut = HeldOutRows.of(train, specification.training().heldOut());
        List<EventRows> events = specification.network().events().stream()
                .map(event -> EventRows.training(train, event, specification.data()))
                .toList();
        TrainingRows rows = TrainingRows.of(train, events, specification.data(), heldOut);
        List<EventLoss> losses = EventLosses.of(events, rows, specification.data(), specification.training());
        RankingModel model = new RankingModel(
                specification.network(),
                FittedFeatures.fit(specification.network(), train),
                specification.predictionBatch(),
                seed,
                specification.training().embeddingOptimizer(),
                workers);
        try {
            TrainingObjective objective = new TrainingObjective(events, losses, rows);
            HeldOutSet validation = new HeldOutSet(model, heldOut.validation(), events, losses);
            model.read(train);
            RowOrder order = new RowOrder(seed, train.rows(), rows);
            Steps done = specification.training().sharding().isOn()
                    ? overDevices(specification, model, objective, rows, order, train, seed)
                    : inOneThread(new TrainingLoop(specification, model, objective, rows, validation), order);
            List<EventLoss> calibrated = calibrated(model, heldOut, events, losses);
            double seconds = (System.nanoTime() - start) * 1e-9;
            return new TrainedModel(specification, model, calibrated, seed, done.steps(), done.examples(), seconds);
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    /** By rows that the model has not learned from, where there are any for it; smearing is needed in any case. */
    private static List<EventLoss> calibrated(
            RankingModel model, HeldOutRows heldOut, List<EventRows> events, List<EventLoss> losses) {
        int[] rows = heldOut.calibration();
        return rows.length > 0
                ? new HeldOutSet(model, rows, events, losses).calibrated()
                : new HeldOutSet(model, heldOut.trained(), events, losses).smeared();
    }

    /** @param examples rows seen, once per epoch */
    private record Steps(long steps, long examples) {}

    private static Steps inOneThread(TrainingLoop loop, RowOrder order) {
        loop.run(order);
        return new Steps(loop.steps(), loop.examples());
    }

    private static Steps overDevices(
            ModelSpecification specification,
            RankingModel model,
            TrainingObjective objective,
            TrainingRows rows,
            RowOrder order,
            EncodedExamples train,
            long seed) {
        ShardingLayout layout = ShardingLayouts.of(specification.training().sharding(), specification.network());
        try (ShardedTraining training = new ShardedTraining(specification, model, objective, rows, layout, seed)) {
            training.run(train, order);
            return new Steps(training.steps(), training.examples());
        }
    }
}
