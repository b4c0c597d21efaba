package dev.smt.jobs.mmo;

/** What decides whether a technique is accepted. */
public enum RegressionRule {
    /** Eq. 2 to 6 on the observed deltas. */
    PAPER,
    /** The probability that Eq. 2 to 6 hold of the true effects ({@link dev.smt.decision.ProbabilityRule}). */
    PROBABILITY
}
