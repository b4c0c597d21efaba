package dev.smt.bayes;

/** The noise-free deltas of a synthetic fleet: a pure function of the point, safe for several threads. */
interface DeltaFunctions {
    /** Writes the deltas of all models, in percent NE, at a point [D] of the unit cube; NaN where a training fails. */
    void at(double[] point, double[] deltas);
}
