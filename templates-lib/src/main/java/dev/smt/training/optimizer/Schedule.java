package dev.smt.training.optimizer;

/** How learning rates fall after their warm-up. */
public enum Schedule {
    /** In a straight line (Defazio et al. 2023). */
    LINEAR,
    /** As half a wave of the cosine (Loshchilov, Hutter 2017, equation 5, without restarts). */
    COSINE,
    /** With the root of the step (Vaswani et al. 2017, equation 3). */
    INVERSE_SQUARE_ROOT
}
