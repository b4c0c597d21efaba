package dev.smt.bayes;

/** The lower triangle L of a symmetric positive definite matrix, A = L L'. */
final class Cholesky {
    private static final int ATTEMPTS = 8;

    private final double[][] lower;

    private Cholesky(double[][] lower) {
        this.lower = lower;
    }

    /**
     * Factors {@code matrix} + jitter times the identity, with the smallest jitter of a ladder that works: the first is
     * {@code jitter}, each next one ten times as large.
     *
     * @throws SurrogateException when none works
     */
    static Cholesky of(double[][] matrix, double jitter) {
        double added = jitter;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            double[][] lower = factor(matrix, added);
            if (lower.length == matrix.length) {
                return new Cholesky(lower);
            }
            added *= 10;
        }
        throw new SurrogateException("a covariance of " + matrix.length + " points is not positive definite, even with "
                + added / 10 + " added to its diagonal");
    }

    /** The factor; empty where a pivot is not positive. */
    private static double[][] factor(double[][] matrix, double jitter) {
        int n = matrix.length;
        double[][] lower = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i][j] + (i == j ? jitter : 0);
                for (int k = 0; k < j; k++) {
                    sum -= lower[i][k] * lower[j][k];
                }
                if (i == j && !(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
                    return new double[0][];
                }
                lower[i][j] = i == j ? Math.sqrt(sum) : sum / lower[j][j];
            }
        }
        return lower;
    }

    /** L z. */
    double[] times(double[] z) {
        double[] product = new double[z.length];
        for (int i = 0; i < z.length; i++) {
            for (int j = 0; j <= i; j++) {
                product[i] += lower[i][j] * z[j];
            }
        }
        return product;
    }

    /** A^-1 b. */
    double[] solve(double[] b) {
        int n = b.length;
        double[] x = b.clone();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                x[i] -= lower[i][j] * x[j];
            }
            x[i] /= lower[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int j = i + 1; j < n; j++) {
                x[i] -= lower[j][i] * x[j];
            }
            x[i] /= lower[i][i];
        }
        return x;
    }
}
