package dev.smt.experiment;

/**
 * One row of a log of a system that chose with known probabilities.
 *
 * @param reward what the choice earned
 * @param propensity probability with which the logging policy chose it, 0 to 1; NaN where it was not logged
 * @param targetPropensity probability with which the target policy would have chosen it, 0 to 1
 * @param prediction a model's prediction of the reward of this choice; 0 without a model
 * @param targetPrediction the prediction's mean over the target policy's choices; 0 without a model
 */
public record LoggedChoice(
        double reward, double propensity, double targetPropensity, double prediction, double targetPrediction) {
    public LoggedChoice {
        if (!Double.isFinite(reward) || !Double.isFinite(prediction) || !Double.isFinite(targetPrediction)) {
            throw new IllegalArgumentException("reward " + reward + ", prediction " + prediction
                    + " and target prediction " + targetPrediction + "; allowed: finite numbers");
        }
        if (propensity < 0 || propensity > 1 || !(targetPropensity >= 0 && targetPropensity <= 1)) {
            throw new IllegalArgumentException("propensity " + propensity + " and target propensity " + targetPropensity
                    + "; allowed: probabilities, 0 to 1");
        }
    }

    /** Whether the target policy takes a choice whose propensity is missing or 0, so that no weight can be made. */
    public boolean unsupported() {
        return targetPropensity > 0 && !(propensity > 0);
    }

    /** Target propensity / propensity; 0 where that can't be made. */
    public double weight() {
        return targetPropensity > 0 && propensity > 0 ? targetPropensity / propensity : 0;
    }
}
