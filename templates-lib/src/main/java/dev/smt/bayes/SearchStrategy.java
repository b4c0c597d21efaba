package dev.smt.bayes;

/** How an optimizer finds the next theta once its initial points are tried. */
public enum SearchStrategy {
    /** The surrogate and its acquisition; with more than 10 parameters inside of a trust region. */
    BAYESIAN,
    /** Evenly spread points: a scrambled Sobol sequence. */
    SOBOL,
    /** Independent uniform points. */
    RANDOM
}
