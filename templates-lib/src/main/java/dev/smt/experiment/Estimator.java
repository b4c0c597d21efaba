package dev.smt.experiment;

import java.util.Locale;

/** Ways to estimate a policy's value from another policy's log. */
public enum Estimator {
    /** Inverse propensity score (Horvitz, Thompson 1952). */
    IPS,
    /** Self-normalized IPS (Swaminathan, Joachims 2015, The Self-Normalized Estimator for Counterfactual Learning). */
    SNIPS,
    /** Direct method: the model's predictions alone (Dudik, Langford, Li 2011, Doubly Robust Policy Evaluation). */
    DM,
    /** Doubly robust: the model, corrected by IPS of its errors (Dudik, Langford, Li 2011). */
    DR;

    /** In lower case, as results name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
