package dev.smt.training;

import dev.smt.data.EncodedExamples;
import dev.smt.training.optimizer.LearningRateSchedule;
import dev.smt.training.sharding.ShardingLayout;

/**
 * The steps of one training over several devices. The model that it ends in has its initial parameters, and has the trained
 * ones at the end: it is the host's, and no device's.
 */
final class ShardedTraining implements AutoCloseable {
    private final TrainingTemplate template;
    private final RankingModel model;
    private final TrainingObjective objective;
    private final DeviceGroup devices;
    private final LearningRateSchedule schedule;
    private final DivergenceDetection divergence;
    private final int batches;
    private long steps;
    private long examples;

    /**
     * A training.
     *
     * @param model whole, with its initial parameters
     * @param layout what each device has
     * @throws IllegalArgumentException when there are fewer rows than devices
     */
    ShardedTraining(
            ModelSpecification specification,
            RankingModel model,
            TrainingObjective objective,
            TrainingRows rows,
            ShardingLayout layout,
            long seed) {
        this.template = specification.training();
        this.model = model;
        this.objective = objective;
        if (rows.count() < layout.devices()) {
            throw new IllegalArgumentException("training rows: " + rows.count() + "; training.sharding.devices is "
                    + layout.devices() + "; allowed: at most as many as rows");
        }
        this.batches = (rows.count() + template.batchSize() - 1) / template.batchSize();
        this.schedule = new LearningRateSchedule(
                template.optimizer().schedule(),
                (long) batches * template.epochs(),
                template.warmupShare(),
                template.decay());
        double factor = template.loss().divergenceFactor();
        this.divergence = new DivergenceDetection(
                specification.label(), factor, factor == 0 ? 0 : objective.constantValue(), schedule.warmup());
        model.dense().set(model.network().bias(), objective.initialBiases());
        FeatureTables tables = new FeatureTables(
                specification.network(), model.fitted(), template.batchSize(), seed, template.embeddingOptimizer());
        ModelParts parts =
                new ModelParts(specification.network(), model.fitted(), tables, layout, template.batchSize());
        this.devices = new DeviceGroup(parts, model.dense(), template);
    }

    /** The devices, for what they count. */
    DeviceGroup devices() {
        return devices;
    }

    /** Trains; afterwards the model has the parameters. */
    void run(EncodedExamples train, RowOrder order) {
        devices.read(train);
        for (int epoch = 0; epoch < template.epochs(); epoch++) {
            int[] rows = order.epoch(epoch);
            for (int batch = 0; batch < batches; batch++) {
                int from = (int) ((long) rows.length * batch / batches);
                int to = (int) ((long) rows.length * (batch + 1) / batches);
                step(rows, from, to - from);
            }
        }
        devices.copyTo(model);
    }

    /** One step; its loss. */
    double step(int[] rows, int from, int count) {
        double loss = devices.forward(
                rows, from, count, (begin, n, outputs, gradient) -> objective.batch(rows, begin, n, outputs, gradient));
        double denseRate = template.denseLearningRate() * schedule.factor(steps);
        double embeddingRate = template.embeddingLearningRate() * schedule.factor(steps);
        TrainingInterruptedException.check(steps);
        divergence.check(
                steps,
                loss,
                () -> "step " + steps + " of " + schedule.steps() + " (learning rates: dense " + denseRate
                        + ", embedding " + embeddingRate + ")");
        devices.backward(count, denseRate, embeddingRate);
        steps++;
        examples += count;
        return loss;
    }

    long steps() {
        return steps;
    }

    long examples() {
        return examples;
    }

    @Override
    public void close() {
        devices.close();
    }
}
