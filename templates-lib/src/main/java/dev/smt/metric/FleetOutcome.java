package dev.smt.metric;

import java.io.Serializable;

/**
 * What a trial is worth to the fleet (paper, Eq. 2 to 4).
 *
 * @param mu weighted mean of the deltas, in percent NE (Eq. 3); NaN when a model failed
 * @param regressionRate share of models that regress (Eq. 2)
 * @param feasible the regression rate is at most epsilon and no model failed
 */
public record FleetOutcome(double mu, double regressionRate, boolean feasible) implements Serializable {

    /** Eq. 4: mu where feasible, else minus infinity. */
    public double aggregate() {
        return feasible ? mu : Double.NEGATIVE_INFINITY;
    }
}
