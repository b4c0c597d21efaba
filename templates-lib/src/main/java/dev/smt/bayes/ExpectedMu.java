package dev.smt.bayes;

import org.apache.commons.math3.random.Well19937c;

/**
 * The posterior mean of mu as a function of the point, in percent NE: a sum over the observed points of their covariances
 * with the point, exact, and at a small part of the price of draws.
 */
final class ExpectedMu {
    /** Draws are used with both signs of what is random in them, so the mean of two is the posterior mean. */
    private static final int DRAWS = 2;

    private final FleetSurrogate surrogate;
    private final double[][] sites;
    private final double offset;
    /** By site; loadings, weights and unit are in them. */
    private final double[] commonWeights;

    private final double[] ownWeights;

    ExpectedMu(FleetSurrogate surrogate) {
        this.surrogate = surrogate;
        this.sites = surrogate.points();
        this.commonWeights = new double[sites.length];
        this.ownWeights = new double[sites.length];
        FleetPosterior posterior = new FleetPosterior(surrogate, sites, DRAWS, new Well19937c(0));
        double[] weights = surrogate.weights();
        double mean = 0;
        for (int i = 0; i < weights.length; i++) {
            mean += weights[i] * surrogate.offset(i);
            double common = surrogate.unit() * weights[i] * surrogate.loading(i);
            double own = surrogate.models() > 1 ? surrogate.unit() * weights[i] : 0;
            for (int site = 0; site < sites.length; site++) {
                commonWeights[site] += common * mean(posterior.commonCoefficients[site], 0);
                ownWeights[site] += own * mean(posterior.ownCoefficients[site], i * DRAWS);
            }
        }
        this.offset = mean;
    }

    private static double mean(double[] values, int from) {
        return (values[from] + values[from + 1]) / DRAWS;
    }

    /** At a point [D]. */
    double at(double[] point) {
        double[] placed = surrogate.placed(point);
        double mu = offset;
        for (int site = 0; site < sites.length; site++) {
            mu += commonWeights[site] * surrogate.commonKernel().covariance(placed, sites[site]);
            if (ownWeights[site] != 0) {
                mu += ownWeights[site] * surrogate.ownKernel().covariance(placed, sites[site]);
            }
        }
        return mu;
    }
}
