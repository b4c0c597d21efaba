package dev.smt.bayes;

import dev.smt.search.ParameterValues;
import java.util.Objects;

/**
 * What all told results together say of one told theta, the luck of its own measurements taken out.
 *
 * @param theta the trial's
 * @param complete whether all models were evaluated and none failed: only such a trial can be theta*
 * @param mu posterior mean of mu, in percent NE
 * @param muDeviation posterior standard deviation of mu, in percent NE
 * @param probabilityOfFeasibility of R being at most epsilon, free of noise; 0 to 1
 */
public record TrialBelief(
        ParameterValues theta, boolean complete, double mu, double muDeviation, double probabilityOfFeasibility) {
    public TrialBelief {
        Objects.requireNonNull(theta, "theta");
        if (!(probabilityOfFeasibility >= 0 && probabilityOfFeasibility <= 1)) {
            throw new IllegalArgumentException(
                    "the probability of feasibility is " + probabilityOfFeasibility + "; allowed: 0 to 1");
        }
    }
}
