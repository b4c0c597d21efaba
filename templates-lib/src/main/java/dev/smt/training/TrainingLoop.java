package dev.smt.training;

import dev.smt.data.EncodedExamples;

/** The steps of one training. */
final class TrainingLoop {
    private final ModelSpecification specification;
    private final TrainingTemplate template;
    private final RankingModel model;
    private final TrainingRows rows;
    private final float[] labels;
    private final int batches;
    private final LearningRateSchedule schedule;
    private final Adam optimizer;
    private final float[] targets;
    private final float[] weights;
    private long steps;
    private long examples;

    TrainingLoop(ModelSpecification specification, RankingModel model, EncodedExamples train, TrainingRows rows) {
        this.specification = specification;
        this.template = specification.training();
        this.model = model;
        this.rows = rows;
        this.labels = train.label(specification.label());
        this.batches = (rows.count() + template.batchSize() - 1) / template.batchSize();
        this.schedule =
                new LearningRateSchedule((long) batches * template.epochs(), template.warmupShare(), template.decay());
        this.optimizer = new Adam(model.dense().decayed(), template.weightDecay());
        this.targets = new float[template.batchSize()];
        this.weights = new float[template.batchSize()];
        double rate = rows.keptRate();
        model.dense().set(model.network().bias(), (float) Math.log(rate / (1 - rate)));
        model.read(train);
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
        float smoothing = (float) template.labelSmoothing();
        for (int b = 0; b < count; b++) {
            int row = epochRows[from + b];
            targets[b] = labels[row] * (1 - smoothing) + smoothing / 2;
            weights[b] = rows.weight(row);
        }
        double factor = schedule.factor(steps);
        double denseRate = template.denseLearningRate() * factor;
        double embeddingRate = template.embeddingLearningRate() * factor;
        double loss = model.backward(
                epochRows,
                from,
                count,
                (logits, n, gradient) -> LogisticLoss.batch(logits, targets, weights, n, gradient));
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
