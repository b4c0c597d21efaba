package dev.smt.bayes;

/**
 * The prior of a function's value at one more point, given its values at n sites: covariances with the sites, and a
 * residual standard deviation. Given the noise-free values at all observed points, the measurements say nothing more.
 */
final class SiteConditional {
    /** Below it the residual has no gradient to speak of. */
    private static final double LEAST_RESIDUAL = 1e-9;

    private final MaternKernel kernel;
    private final double[][] sites;
    private final Cholesky factor;
    private final double[] covariances;
    private double[] point = {};
    private double[] weights;
    private double residual;

    /** @param factor of the covariance of the sites */
    SiteConditional(MaternKernel kernel, double[][] sites, Cholesky factor) {
        this.kernel = kernel;
        this.sites = sites;
        this.factor = factor;
        this.covariances = new double[sites.length];
        this.weights = new double[sites.length];
    }

    /** Moves the one more point; it is kept, not copied. */
    void moveTo(double[] next) {
        point = next;
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

    /** The covariance with the value at a site. */
    double covariance(int site) {
        return covariances[site];
    }

    /** The share of a site's value in the mean. */
    double weight(int site) {
        return weights[site];
    }

    double residual() {
        return residual;
    }

    /**
     * Adds the gradient by the point's coordinates.
     *
     * @param byCovariance derivatives by the covariances, [n]
     * @param byResidual derivative by the residual
     */
    void addGradient(double[] byCovariance, double byResidual, double[] gradient) {
        double byWeight = residual > LEAST_RESIDUAL ? byResidual / residual : 0;
        double[] slopes = new double[kernel.groups().dimension()];
        for (int i = 0; i < sites.length; i++) {
            kernel.covariance(point, sites[i], slopes);
            double pull = byCovariance[i] - byWeight * weights[i];
            for (int d = 0; d < gradient.length; d++) {
                gradient[d] += pull * slopes[d];
            }
        }
    }
}
