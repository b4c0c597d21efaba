package dev.smt.training;

import dev.smt.data.EncodedExamples;
import dev.smt.nn.embedding.FeatureEmbedding;
import dev.smt.training.optimizer.DenseOptimizer;
import dev.smt.training.optimizer.LearningRateSchedule;
import java.util.List;

/** The steps of one training. */
final class TrainingLoop {
    private final ModelSpecification specification;
    private final TrainingTemplate template;
    private final RankingModel model;
    private final TrainingRows rows;
    private final float[] labels;
    private final int batches;
    private final LearningRateSchedule schedule;
    private final DenseOptimizer optimizer;
    private final TrainingLoss loss;
    private final DivergenceDetection divergence;
    private final GradientClipping clipping;
    private final ParameterAverages averages;
    private final EarlyStopping stopping;
    private final LogitCalibration calibration;
    private final HeldOutRows heldOut;
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
        this.specification = specification;
        this.template = specification.training();
        this.model = model;
        this.rows = rows;
        this.heldOut = heldOut;
        this.labels = train.label(specification.label());
        this.batches = (rows.count() + template.batchSize() - 1) / template.batchSize();
        long planned = (long) batches * template.epochs();
        this.schedule = new LearningRateSchedule(
                template.optimizer().schedule(), planned, template.warmupShare(), template.decay());
        this.optimizer = DenseOptimizer.of(template.optimizer(), model.dense().decayed(), template.weightDecay());
        this.loss = TrainingLoss.of(template.loss());
        this.targets = new float[template.batchSize()];
        this.weights = new float[template.batchSize()];
        // Odds at which a weighed positive is as heavy as the negatives.
        double bias = Math.log(rows.keptRate() / (1 - rows.keptRate()))
                + Math.log(template.loss().positiveWeight());
        this.divergence = new DivergenceDetection(
                specification.label(),
                template.loss().divergenceFactor(),
                loss.constant(bias, rows.keptRate()),
                schedule.warmup());
        List<FeatureEmbedding> embeddings = model.embeddings().toList();
        this.clipping = new GradientClipping(
                model.dense(),
                embeddings.stream().map(FeatureEmbedding::gradient).toList(),
                template.optimizer().clipNorm());
        this.averages = new ParameterAverages(
                model.dense(), embeddings, planned, template.optimizer().averagingShare());
        this.calibration = LogitCalibration.of(specification.data(), template.loss());
        this.stopping = new EarlyStopping(
                model.dense(),
                embeddings.stream().map(FeatureEmbedding::table).toList(),
                template.heldOut(),
                planned,
                new HeldOutSet(model, heldOut.validation(), labels, calibration)::logLoss);
        model.dense().set(model.network().bias(), (float) bias);
        model.read(train);
    }

    /** Trains; what then turns the model's logits into log odds. */
    LogitCalibration run(RowOrder order) {
        steps(order);
        stopping.finish(averages.apply());
        if (heldOut.calibration().length == 0) {
            return calibration;
        }
        return calibration.with(new HeldOutSet(model, heldOut.calibration(), labels, calibration).plattScaling());
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
        double value = model.backward(
                epochRows, from, count, (logits, n, gradient) -> loss.batch(logits, targets, weights, n, gradient));
        divergence.check(
                steps,
                value,
                () -> "step " + steps + " of " + schedule.steps() + " (learning rates: dense " + denseRate
                        + ", embedding " + embeddingRate + ")");
        clipping.clip();
        averages.beforeUpdate(steps);
        model.update(optimizer, denseRate, embeddingRate);
        averages.afterUpdate();
        steps++;
        examples += count;
    }
}
