package dev.smt.training;

/**
 * A linear warm-up from 0, then a linear decay to a share of the peak at the last step.
 *
 * @param steps number of steps of the training
 * @param warmupShare share of the steps that warm up, in [0, 1)
 * @param decay share of the peak that is left at the end, in [0, 1]; 1: constant
 */
record LearningRateSchedule(long steps, double warmupShare, double decay) {

    /** The factor of both learning rates at a step, counted from 0. */
    double factor(long step) {
        long warmup = Math.round(steps * warmupShare);
        if (step < warmup) {
            return (step + 1.0) / (warmup + 1.0);
        }
        long rest = steps - 1 - warmup;
        return rest <= 0 ? 1 : 1 - (1 - decay) * (step - warmup) / rest;
    }
}
