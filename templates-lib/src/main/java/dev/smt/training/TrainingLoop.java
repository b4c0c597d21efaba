package dev.smt.training;

import dev.smt.nn.embedding.SparseGradient;

/** The steps of one training. */
final class TrainingLoop {
    private final TrainingTemplate template;
    private final RankingModel model;
    private final TrainingObjective objective;
    private final int batches;
    private final ParameterUpdates updates;
    private final DivergenceDetection divergence;
    private final EarlyStopping stopping;
    private long steps;
    private long examples;

    /**
     * A training.
     *
     * @param validation stops it early, where the template says so
     */
    TrainingLoop(
            ModelSpecification specification,
            RankingModel model,
            TrainingObjective objective,
            TrainingRows rows,
            HeldOutSet validation) {
        this.template = specification.training();
        this.model = model;
        this.objective = objective;
        this.batches = (rows.count() + template.batchSize() - 1) / template.batchSize();
        long planned = (long) batches * template.epochs();
        this.updates = new ParameterUpdates(model, template, planned);
        double factor = template.loss().divergenceFactor();
        this.divergence = new DivergenceDetection(
                specification.label(), factor, factor == 0 ? 0 : objective.constantValue(), updates.warmup());
        this.stopping = new EarlyStopping(
                model.dense(),
                model.gradients().map(SparseGradient::table).toList(),
                template.heldOut(),
                planned,
                validation::normalizedEntropy);
        model.dense().set(model.network().bias(), objective.initialBiases());
    }

    /** Trains; afterwards the model has the parameters that it predicts with. */
    void run(RowOrder order) {
        steps(order);
        stopping.finish(updates.average());
    }

    long steps() {
        return steps;
    }

    /** Rows seen, counted once per epoch. */
    long examples() {
        return examples;
    }

    private void steps(RowOrder order) {
        for (int epoch = 0; epoch < template.epochs(); epoch++) {
            int[] epochRows = order.epoch(epoch);
            for (int batch = 0; batch < batches; batch++) {
                // Batches of nearly equal size: a last batch of a few rows would be a step of mere noise.
                int from = (int) ((long) epochRows.length * batch / batches);
                int to = (int) ((long) epochRows.length * (batch + 1) / batches);
                step(epochRows, from, to - from);
                if (stopping.endsAfter(steps)) {
                    return;
                }
            }
        }
    }

    private void step(int[] epochRows, int from, int count) {
        double loss = model.backward(
                epochRows,
                from,
                count,
                (outputs, n, gradient) -> objective.batch(epochRows, from, n, outputs, gradient));
        TrainingInterruptedException.check(steps);
        divergence.check(steps, loss, () -> updates.describe(steps));
        updates.update(steps);
        steps++;
        examples += count;
    }
}
