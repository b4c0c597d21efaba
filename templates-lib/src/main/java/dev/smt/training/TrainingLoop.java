package dev.smt.training;

import dev.smt.data.EncodedExamples;
import dev.smt.nn.embedding.FeatureEmbedding;

/** The steps of one training. */
final class TrainingLoop {
    private final TrainingTemplate template;
    private final RankingModel model;
    private final TrainingRows rows;
    private final HeldOutRows heldOut;
    private final float[] labels;
    private final int batches;
    private final FocalLoss loss;
    private final LogitCalibration calibration;
    private final ParameterUpdates updates;
    private final DivergenceDetection divergence;
    private final EarlyStopping stopping;
    private final float[] targets;
    private final float[] weights;
    private long steps;
    private long examples;

    TrainingLoop(
            ModelSpecification specification,
            RankingModel model,
            EncodedExamples train,
            TrainingRows rows,
            HeldOutRows heldOut) {
        this.template = specification.training();
        this.model = model;
        this.rows = rows;
        this.heldOut = heldOut;
        this.labels = train.label(specification.label());
        this.batches = (rows.count() + template.batchSize() - 1) / template.batchSize();
        this.loss = FocalLoss.of(template.loss());
        this.calibration = LogitCalibration.of(specification.data(), template.loss());
        long planned = (long) batches * template.epochs();
        this.updates = new ParameterUpdates(model, template, planned);
        // The odds at which the positives, as they are weighed, are as heavy as the negatives.
        double bias = Math.log(rows.keptRate() / (1 - rows.keptRate())) + Math.log(loss.positiveWeight());
        this.divergence = new DivergenceDetection(
                specification.label(),
                template.loss().divergenceFactor(),
                loss.constant(bias, rows.keptRate()),
                updates.warmup());
        this.stopping = new EarlyStopping(
                model.dense(),
                model.embeddings().map(FeatureEmbedding::table).toList(),
                template.heldOut(),
                planned,
                new HeldOutSet(model, heldOut.validation(), labels, calibration)::logLoss);
        this.targets = new float[template.batchSize()];
        this.weights = new float[template.batchSize()];
        model.dense().set(model.network().bias(), (float) bias);
        model.read(train);
    }

    /** Trains; what then turns the model's logits into log odds. */
    LogitCalibration run(RowOrder order) {
        steps(order);
        stopping.finish(updates.average());
        if (heldOut.calibration().length == 0) {
            return calibration;
        }
        return calibration.with(new HeldOutSet(model, heldOut.calibration(), labels, calibration).plattScaling());
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
        float smoothing = (float) template.labelSmoothing();
        for (int b = 0; b < count; b++) {
            int row = epochRows[from + b];
            targets[b] = labels[row] * (1 - smoothing) + smoothing / 2;
            weights[b] = rows.weight(row);
        }
        double value = model.backward(
                epochRows, from, count, (logits, n, gradient) -> loss.batch(logits, targets, weights, n, gradient));
        divergence.check(steps, value, () -> updates.describe(steps));
        updates.update(steps);
        steps++;
        examples += count;
    }
}
