package dev.smt.bayes;

/**
 * The prior of a function's value at one more point, given its values at n sites: mean = weights . values, and a
 * residual standard deviation. Given the noise-free values at all observed points, the measurements say nothing more.
 */
final class PriorConditional {
    /** Relative to the signal variance: keeps a smooth kernel's matrix away from singular. */
    private static final double NUGGET = 1e-6;

    private final MaternKernel kernel;
    private final double[][] sites;
    private final Cholesky factor;
    private double[] weights;
    private double residual;

    PriorConditional(MaternKernel kernel, double[][] sites) {
        this.kernel = kernel;
        this.sites = sites;
        double[][] covariance = new double[sites.length][sites.length];
        for (int i = 0; i < sites.length; i++) {
            for (int j = 0; j < sites.length; j++) {
                covariance[i][j] = kernel.covariance(sites[i], sites[j]);
            }
        }
        this.factor = Cholesky.of(covariance, NUGGET * kernel.signalVariance());
        this.weights = new double[sites.length];
    }

    /** Moves the one more point. */
    void moveTo(double[] point) {
        double[] covariances = new double[sites.length];
        for (int i = 0; i < sites.length; i++) {
            covariances[i] = kernel.covariance(point, sites[i]);
        }
        weights = factor.solve(covariances);
        double explained = 0;
        for (int i = 0; i < sites.length; i++) {
            explained += weights[i] * covariances[i];
        }
        residual = Math.sqrt(Math.max(0, kernel.signalVariance() - explained));
    }

    double weight(int site) {
        return weights[site];
    }

    double residual() {
        return residual;
    }
}
