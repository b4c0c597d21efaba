package dev.smt.bayes;

import java.util.Arrays;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * S draws of one function from its posterior: its values at n sites, and at any one more point. The normal numbers are
 * drawn once, so that the draws are a fixed function of the point.
 */
final class FunctionSamples {
    private final double mean;
    private final double scale;
    /** Standardized values, [n][S]. */
    private final double[][] atSites;

    private final double[] normals;

    /** Draws at {@code sites}; S is even: every normal number is used with both signs. */
    FunctionSamples(GaussianProcess process, double[][] sites, int samples, RandomGenerator random) {
        this.mean = process.mean();
        this.scale = process.scale();
        this.normals = antithetic(samples, random);
        this.atSites = new double[sites.length][samples];
        GaussianProcess.Posterior posterior = process.posterior(sites);
        Cholesky factor =
                Cholesky.of(posterior.covariance, 1e-9 * process.kernel().signalVariance());
        for (int s = 0; s < samples / 2; s++) {
            double[] z = new double[sites.length];
            Arrays.setAll(z, i -> random.nextGaussian());
            double[] step = factor.times(z);
            for (int i = 0; i < sites.length; i++) {
                atSites[i][s] = posterior.mean[i] + step[i];
                atSites[i][samples - 1 - s] = posterior.mean[i] - step[i];
            }
        }
    }

    private static double[] antithetic(int samples, RandomGenerator random) {
        double[] normals = new double[samples];
        for (int s = 0; s < samples / 2; s++) {
            normals[s] = random.nextGaussian();
            normals[samples - 1 - s] = -normals[s];
        }
        return normals;
    }

    /** The S values at a site, in the targets' unit. */
    void atSite(int site, double[] into) {
        for (int s = 0; s < into.length; s++) {
            into[s] = mean + scale * atSites[site][s];
        }
    }

    /** The S values at the conditional's point, in the targets' unit. */
    void at(SiteConditional conditional, double[] into) {
        double residual = conditional.residual();
        for (int s = 0; s < into.length; s++) {
            into[s] = residual * normals[s];
        }
        for (int i = 0; i < atSites.length; i++) {
            double weight = conditional.weight(i);
            double[] values = atSites[i];
            for (int s = 0; s < into.length; s++) {
                into[s] += weight * values[s];
            }
        }
        for (int s = 0; s < into.length; s++) {
            into[s] = mean + scale * into[s];
        }
    }
}
