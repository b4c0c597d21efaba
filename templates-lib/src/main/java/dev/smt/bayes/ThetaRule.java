package dev.smt.bayes;

/** How theta* is chosen among a technique's trials. */
public enum ThetaRule {
    /** Algorithm 1: the largest observed aggregate delta. */
    PAPER,
    /**
     * The largest posterior mean of mu among the trials that are feasible with a probability of at least
     * {@value ThetaStar#SURE}: the largest of many noisy numbers is large by luck, and often infeasible.
     */
    POSTERIOR
}
