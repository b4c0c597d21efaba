package dev.smt.decision;

import dev.smt.metric.FleetObjective;

/**
 * How a study decides on a technique.
 *
 * @param objective alpha, epsilon, tau and the models
 * @param trials thetas tried
 * @param initialTrials of them before the surrogate suggests
 * @param replicates most fresh replicates of theta*
 * @param certainty of the probability rule, over all looks at the replicates together
 */
public record StudyDesign(FleetObjective objective, int trials, int initialTrials, int replicates, double certainty) {
    public StudyDesign {
        if (trials < 1 || initialTrials < 2 || replicates < 0) {
            throw new IllegalArgumentException("trials " + trials + ", initial trials " + initialTrials
                    + ", replicates " + replicates + "; allowed: at least 1, 2 and 0");
        }
    }

    ProbabilityRule rule() {
        return new ProbabilityRule(objective, certainty);
    }
}
