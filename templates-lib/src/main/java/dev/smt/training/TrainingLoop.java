package dev.smt.training;

/** The steps of one training. */
final class TrainingLoop {
    private final ModelSpecification specification;
    private final TrainingTemplate template;
    private final RankingModel model;
    private final TrainingObjective objective;
    private final int batches;
    private final LearningRateSchedule schedule;
    private final Adam optimizer;
    private long steps;
    private long examples;

    TrainingLoop(ModelSpecification specification, RankingModel model, TrainingObjective objective, TrainingRows rows) {
        this.specification = specification;
        this.template = specification.training();
        this.model = model;
        this.objective = objective;
        this.batches = (rows.count() + template.batchSize() - 1) / template.batchSize();
        this.schedule =
                new LearningRateSchedule((long) batches * template.epochs(), template.warmupShare(), template.decay());
        this.optimizer = new Adam(model.dense().decayed(), template.weightDecay());
        model.dense().set(model.network().bias(), objective.initialBiases());
    }

    void run(RowOrder order) {
        for (int epoch = 0; epoch < template.epochs(); epoch++) {
            int[] epochRows = order.epoch(epoch);
            for (int batch = 0; batch < batches; batch++) {
                // Batches of nearly equal size: a last batch of a few rows would be a step of mere noise.
                int from = (int) ((long) epochRows.length * batch / batches);
                int to = (int) ((long) epochRows.length * (batch + 1) / batches);
                step(epochRows, from, to - from);
            }
        }
    }

    long steps() {
        return steps;
    }

    /** Rows seen, counted once per epoch. */
    long examples() {
        return examples;
    }

    private void step(int[] epochRows, int from, int count) {
        double factor = schedule.factor(steps);
        double denseRate = template.denseLearningRate() * factor;
        double embeddingRate = template.embeddingLearningRate() * factor;
        double loss = model.backward(
                epochRows,
                from,
                count,
                (outputs, n, gradient) -> objective.batch(epochRows, from, n, outputs, gradient));
        if (!Double.isFinite(loss)) {
            throw new TrainingFailedException("the loss of label " + specification.label() + " is " + loss
                    + " at step " + steps + " of " + schedule.steps() + " (learning rates: dense " + denseRate
                    + ", embedding " + embeddingRate + "): lower them, or warm up longer");
        }
        model.update(optimizer, denseRate, embeddingRate);
        steps++;
        examples += count;
    }
}
