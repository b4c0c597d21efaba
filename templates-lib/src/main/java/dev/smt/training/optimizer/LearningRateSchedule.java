package dev.smt.training.optimizer;

import java.util.Objects;

/**
 * A linear warm-up from 0, then a decay.
 *
 * @param schedule the decay's form
 * @param steps number of steps of the training
 * @param warmupShare share of the steps that warm up, in [0, 1)
 * @param decay linear, cosine: share of the peak that is left at the last step; inverse square root: the factor is
 *     sqrt((warm-up + 1) / (step + 1)), but never below this. In [0, 1]; 1: constant
 */
public record LearningRateSchedule(Schedule schedule, long steps, double warmupShare, double decay) {
    public LearningRateSchedule {
        Objects.requireNonNull(schedule, "schedule");
    }

    /** Number of steps that warm up. */
    public long warmup() {
        return Math.round(steps * warmupShare);
    }

    /** The factor of both learning rates at a step, counted from 0. */
    public double factor(long step) {
        long warmup = warmup();
        if (step < warmup) {
            return (step + 1.0) / (warmup + 1.0);
        }
        long rest = steps - 1 - warmup;
        if (rest <= 0) {
            return 1;
        }
        return switch (schedule) {
            case LINEAR -> 1 - (1 - decay) * (step - warmup) / rest;
            case COSINE -> decay + (1 - decay) * (1 + Math.cos(Math.PI * (step - warmup) / rest)) / 2;
            case INVERSE_SQUARE_ROOT -> Math.max(decay, Math.sqrt((warmup + 1.0) / (step + 1.0)));
        };
    }
}
