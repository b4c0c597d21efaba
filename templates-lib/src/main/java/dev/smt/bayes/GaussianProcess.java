package dev.smt.bayes;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.openblas.global.openblas;
import smile.regression.GaussianProcessRegression;

/**
 * Gaussian process regression on the unit cube: Matern-5/2 with a length scale per coordinate, a known noise variance
 * per observation plus a learned one, targets standardized inside. Points are [n][D]; values and variances are in the
 * targets' unit and its square.
 */
final class GaussianProcess {
    private static final double TOLERANCE_UNUSED = 1e-5;
    private static final double[] JITTERS = {0, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3};

    static {
        // The matrices are small, and the study's cores belong to the trials.
        openblas.blas_set_num_threads(1);
    }

    private final Targets targets;
    private final MaternKernel kernel;
    private final GaussianProcessRegression<Site> regression;

    private GaussianProcess(Targets targets, MaternKernel kernel, GaussianProcessRegression<Site> regression) {
        this.targets = targets;
        this.kernel = kernel;
        this.regression = regression;
    }

    /** Fits one process with its own hyperparameters. */
    static GaussianProcess fit(double[][] points, double[] values, double[] noiseVariances) {
        Targets targets = new Targets(values, noiseVariances);
        return of(points, targets, Hyperparameters.fit(points, List.of(targets)));
    }

    /** Fits one process per target; all share their hyperparameters. */
    static List<GaussianProcess> fitShared(double[][] points, List<Targets> targets) {
        double[] logs = Hyperparameters.fit(points, targets);
        return targets.stream().map(target -> of(points, target, logs)).toList();
    }

    /**
     * The process with given hyperparameters.
     *
     * @param logs natural logarithms: D length scales, signal variance, variance of the learned noise
     * @throws SurrogateException when the covariance is not positive definite even with jitter
     */
    static GaussianProcess of(double[][] points, Targets targets, double[] logs) {
        MaternKernel kernel = new MaternKernel(Arrays.copyOf(logs, logs.length - 1));
        double noise = Math.exp(logs[logs.length - 1]);
        Site[] sites = new Site[points.length];
        for (int i = 0; i < sites.length; i++) {
            sites[i] = Site.observed(points[i], targets.noiseVariances[i]);
        }
        for (double jitter : JITTERS) {
            try {
                GaussianProcessRegression<Site> regression = GaussianProcessRegression.fit(
                        sites, targets.values, kernel, noise + jitter, false, TOLERANCE_UNUSED, 0);
                if (Double.isFinite(regression.L)) {
                    return new GaussianProcess(targets, kernel, regression);
                }
            } catch (ArithmeticException e) {
                // Not positive definite: the next jitter of the ladder.
                continue;
            }
        }
        throw new SurrogateException("the covariance of " + sites.length + " observations is not positive definite");
    }

    /** Log marginal likelihood of the standardized targets. */
    double logMarginalLikelihood() {
        return regression.L;
    }

    MaternKernel kernel() {
        return kernel;
    }

    /** Mean of the targets, added back to what the kernel's space says. */
    double mean() {
        return targets.mean;
    }

    /** Scale of the targets: what one unit of the kernel's space is worth. */
    double scale() {
        return targets.scale;
    }

    /** The joint posterior of the noise-free values at some points, in standardized units. */
    Posterior posterior(double[][] points) {
        GaussianProcessRegression<Site>.JointPrediction joint = regression.query(Site.latent(points));
        return new Posterior(joint.mu, joint.cov.toArray());
    }

    /** Mean [n] and covariance [n][n], standardized. */
    static final class Posterior {
        final double[] mean;
        final double[][] covariance;

        Posterior(double[] mean, double[][] covariance) {
            this.mean = mean;
            this.covariance = covariance;
        }
    }
}
