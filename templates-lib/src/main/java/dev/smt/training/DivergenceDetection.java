package dev.smt.training;

import java.util.function.Supplier;

/**
 * Fails a training whose loss is not finite, or, smoothed and after the warm-up, above a limit. Smoothed is the
 * exponential moving average with factor 0.98, without the bias towards its start (Kingma, Ba 2015, section 3).
 */
final class DivergenceDetection {
    private static final double SMOOTHING = 0.98;

    private final String label;
    private final double factor;
    private final double baseLoss;
    private final long warmup;
    private double sum;
    private double weight;

    /**
     * Watches the loss of a label.
     *
     * @param factor 0: no limit
     * @param baseLoss the loss of always predicting the base rate
     * @param warmup number of steps that may be above the limit
     */
    DivergenceDetection(String label, double factor, double baseLoss, long warmup) {
        this.label = label;
        this.factor = factor;
        this.baseLoss = baseLoss;
        this.warmup = warmup;
    }

    /**
     * Looks at the loss of a step.
     *
     * @param where the step, in words
     * @throws TrainingFailedException when it diverged
     */
    void check(long step, double loss, Supplier<String> where) {
        if (!Double.isFinite(loss)) {
            throw new TrainingFailedException("the loss of label " + label + " is " + loss + " at " + where.get()
                    + ": lower them, or warm up longer");
        }
        sum = SMOOTHING * sum + (1 - SMOOTHING) * loss;
        weight = SMOOTHING * weight + (1 - SMOOTHING);
        double limit = factor * baseLoss;
        if (factor > 0 && step >= warmup && sum / weight > limit) {
            throw new TrainingFailedException("the smoothed loss of label " + label + " is " + sum / weight + " at "
                    + where.get() + ", above the limit " + limit + ", which is divergence-factor " + factor
                    + " times the loss of always predicting the base rate, " + baseLoss
                    + ": lower the learning rates, warm up longer, or raise the factor");
        }
    }
}
