package dev.smt.bayes;

/**
 * What a Gaussian process predicts for each of its N observations from the others, with the same hyperparameters
 * (Rasmussen and Williams 2006, Eq. 5.10 to 5.12). Replicates of one point are left out together: else each would be
 * predicted by its own twin. In the targets' unit.
 *
 * @param means predictive means [N]
 * @param variances predictive variances [N] of the observations, their known and the learned noise included
 * @param standardizedResiduals (value - mean) / standard deviation [N]; of a fitting model about standard normal
 * @param logDensities log predictive densities [N]
 */
record LeaveOneOut(double[] means, double[] variances, double[] standardizedResiduals, double[] logDensities) {
    private static final double LOG_2_PI = Math.log(2 * Math.PI);

    /** Compares predictions with what was observed. */
    static LeaveOneOut of(double[] values, double[] means, double[] variances) {
        double[] residuals = new double[values.length];
        double[] densities = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            residuals[i] = (values[i] - means[i]) / Math.sqrt(variances[i]);
            densities[i] = -(Math.log(variances[i]) + residuals[i] * residuals[i] + LOG_2_PI) / 2;
        }
        return new LeaveOneOut(means, variances, residuals, densities);
    }

    /** The sum of the log predictive densities: the larger, the better the model; comparable on the same values. */
    double logPseudoLikelihood() {
        double sum = 0;
        for (double density : logDensities) {
            sum += density;
        }
        return sum;
    }
}
