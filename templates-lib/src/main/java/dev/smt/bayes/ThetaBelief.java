package dev.smt.bayes;

/**
 * What all told results together say of one theta, tried or not.
 *
 * @param mu posterior mean of mu, in percent NE
 * @param muDeviation posterior standard deviation of mu, in percent NE
 * @param probabilityOfFeasibility of R being at most epsilon, free of noise; 0 to 1
 */
public record ThetaBelief(double mu, double muDeviation, double probabilityOfFeasibility) {
    public ThetaBelief {
        if (!(probabilityOfFeasibility >= 0 && probabilityOfFeasibility <= 1)) {
            throw new IllegalArgumentException(
                    "the probability of feasibility is " + probabilityOfFeasibility + "; allowed: 0 to 1");
        }
    }
}
