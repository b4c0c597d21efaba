package dev.smt.bayes;

import smile.math.blas.UPLO;
import smile.math.matrix.Matrix;

/**
 * Gaussian process regression of T noisy values with a known noise variance each, on Smile's kernels and matrices
 * (Rasmussen and Williams 2006, Algorithm 2.1).
 */
final class GaussianProcess {
    private static final double FIRST_JITTER = 1e-10;
    private static final double LAST_JITTER = 1e-3;

    private final double[][] points;
    private final Matern52 kernel;
    private final Matrix.Cholesky factor;
    private final double[] weights;
    private final double logLikelihood;

    private GaussianProcess(double[][] points, Matern52 kernel, Matrix.Cholesky factor, double[] values) {
        this.points = points;
        this.kernel = kernel;
        this.factor = factor;
        this.weights = factor.solve(values);
        double fit = 0;
        for (int i = 0; i < values.length; i++) {
            fit += values[i] * weights[i];
        }
        this.logLikelihood = -0.5 * (fit + factor.logdet() + values.length * Math.log(2 * Math.PI));
    }

    /**
     * Conditions on data.
     *
     * @param points [T, d]
     * @param values [T]
     * @param noise variance of the noise of each value, [T]
     */
    static GaussianProcess of(double[][] points, double[] values, double[] noise, Matern52 kernel) {
        return new GaussianProcess(points, kernel, factor(gram(points, kernel), noise, kernel), values);
    }

    /** [T, T] kernel values. */
    static double[][] gram(double[][] points, Matern52 kernel) {
        double[][] gram = new double[points.length][points.length];
        for (int i = 0; i < points.length; i++) {
            for (int j = 0; j <= i; j++) {
                gram[i][j] = kernel.k(points[i], points[j]);
                gram[j][i] = gram[i][j];
            }
        }
        return gram;
    }

    /** The Cholesky factor of gram + diag(noise), with the least jitter that makes it positive definite. */
    static Matrix.Cholesky factor(double[][] gram, double[] noise, Matern52 kernel) {
        for (double jitter = FIRST_JITTER; jitter <= LAST_JITTER; jitter *= 10) {
            Matrix matrix = new Matrix(gram);
            for (int i = 0; i < gram.length; i++) {
                matrix.add(i, i, noise[i] + jitter * kernel.variance());
            }
            matrix.uplo(UPLO.LOWER);
            try {
                return matrix.cholesky(true);
            } catch (ArithmeticException notPositiveDefinite) {
                continue;
            }
        }
        throw new ArithmeticException("the kernel matrix of " + gram.length + " points is not positive definite, even"
                + " with a jitter of " + LAST_JITTER);
    }

    /** Log marginal likelihood of the values. */
    double logLikelihood() {
        return logLikelihood;
    }

    /** Posterior mean of the function without noise. */
    double mean(double[] point) {
        double mean = 0;
        for (int i = 0; i < points.length; i++) {
            mean += kernel.k(point, points[i]) * weights[i];
        }
        return mean;
    }

    /** Posterior covariance [T, T] of the function at the data's own points. */
    Matrix covarianceAtData() {
        int size = points.length;
        Matrix prior = new Matrix(gram(points, kernel));
        Matrix solved = prior.clone();
        factor.solve(solved);
        Matrix explained = prior.mm(solved);
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                prior.sub(i, j, explained.get(i, j));
            }
        }
        return prior;
    }
}
