package dev.smt.experiment;

import java.util.List;

/**
 * CUPED: the part of the metric that a number from before the experiment explains is taken out of every unit (Deng, Xu,
 * Kohavi, Walker 2013, Improving the Sensitivity of Online Controlled Experiments by Utilizing Pre-Experiment Data, WSDM,
 * section 3.2). The covariate can't have been changed by the arm, so the difference keeps its expectation.
 *
 * @param theta covariance / variance of the covariate, pooled within all arms; 0 where the covariate does not vary
 * @param center mean of the covariate over the units of all arms
 */
public record CovariateAdjustment(double theta, double center) {

    /** The adjustment for these arms, each with a covariate. */
    public static CovariateAdjustment of(List<Arm> arms) {
        double covariance = 0;
        double variance = 0;
        double sum = 0;
        double units = 0;
        for (Arm arm : arms) {
            if (!arm.hasCovariate()) {
                throw new IllegalArgumentException("arm " + arm.name() + " has no covariate; every arm needs it");
            }
            double degrees = arm.units() - 1.0;
            covariance += degrees * arm.moments().covariance(Arm.METRIC, Arm.COVARIATE);
            variance += degrees * arm.moments().variance(Arm.COVARIATE);
            sum += arm.units() * arm.moments().mean(Arm.COVARIATE);
            units += arm.units();
        }
        return new CovariateAdjustment(variance > 0 ? covariance / variance : 0, sum / units);
    }
}
