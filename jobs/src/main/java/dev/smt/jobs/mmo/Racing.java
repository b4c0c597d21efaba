package dev.smt.jobs.mmo;

/** When a trial is stopped before all models are evaluated. */
public enum Racing {
    /** Never. */
    OFF,
    /** When it is infeasible for certain. */
    LOSSLESS,
    /** Also when mu stays too small unless a model does better than in the earlier trials, which it may. */
    BOUND
}
