package dev.smt.training;

import dev.smt.nn.embedding.SparseGradient;
import dev.smt.training.optimizer.DenseOptimizer;
import dev.smt.training.optimizer.LearningRateSchedule;
import java.util.List;

/** How a model's parameters move at each step, given their gradients: clipped, at the step's learning rates, averaged. */
final class ParameterUpdates {
    private final RankingModel model;
    private final TrainingTemplate template;
    private final LearningRateSchedule schedule;
    private final DenseOptimizer optimizer;
    private final GradientClipping clipping;
    private final ParameterAverages averages;

    ParameterUpdates(RankingModel model, TrainingTemplate template, long plannedSteps) {
        this.model = model;
        this.template = template;
        this.schedule = new LearningRateSchedule(
                template.optimizer().schedule(), plannedSteps, template.warmupShare(), template.decay());
        this.optimizer = DenseOptimizer.of(template.optimizer(), model.dense().decayed(), template.weightDecay());
        List<SparseGradient> embeddings = model.gradients().toList();
        this.clipping = new GradientClipping(
                model.dense(), embeddings, template.optimizer().clipNorm());
        this.averages = new ParameterAverages(
                model.dense(), embeddings, plannedSteps, template.optimizer().averagingShare());
    }

    /** Number of steps that warm up. */
    long warmup() {
        return schedule.warmup();
    }

    /** Moves the parameters; steps are counted from 0, and the gradients are those of the last backward pass. */
    void update(long step) {
        clipping.clip();
        averages.beforeUpdate(step);
        model.update(optimizer, denseRate(step), embeddingRate(step));
        averages.afterUpdate();
    }

    /** Puts averages in the parameters' place, after the last step; whether there are any. */
    boolean average() {
        return averages.apply();
    }

    /** Where a training is, for messages. */
    String describe(long step) {
        return "step " + step + " of " + schedule.steps() + " (learning rates: dense " + denseRate(step)
                + ", embedding " + embeddingRate(step) + ")";
    }

    private double denseRate(long step) {
        return template.denseLearningRate() * schedule.factor(step);
    }

    private double embeddingRate(long step) {
        return template.embeddingLearningRate() * schedule.factor(step);
    }
}
