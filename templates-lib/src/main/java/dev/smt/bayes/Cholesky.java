package dev.smt.bayes;

import org.bytedeco.openblas.global.openblas;
import smile.math.blas.LAPACK;
import smile.math.blas.Layout;
import smile.math.blas.UPLO;

/**
 * The lower triangle L of a symmetric positive definite matrix, A = L L', by LAPACK through Smile. A row-major lower
 * triangle is LAPACK's column-major upper one, so nothing is transposed.
 */
final class Cholesky {
    private static final int ATTEMPTS = 8;

    static {
        // The matrices are small, and the study's cores belong to the trials.
        openblas.blas_set_num_threads(1);
    }

    private final int n;
    /** Row-major [n][n]; above the diagonal is nothing of use. */
    private final double[] lower;

    private final double jitter;

    private Cholesky(int n, double[] lower, double jitter) {
        this.n = n;
        this.lower = lower;
        this.jitter = jitter;
    }

    /**
     * Factors {@code matrix} + jitter times the identity, with the smallest jitter of a ladder that works: the first is
     * {@code jitter}, each next one ten times as large.
     *
     * @throws SurrogateException when none works
     */
    static Cholesky of(double[][] matrix, double jitter) {
        int n = matrix.length;
        double[] flat = new double[n * n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(matrix[i], 0, flat, i * n, i + 1);
        }
        double[] ladder = new double[ATTEMPTS];
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            ladder[attempt] = attempt == 0 ? jitter : 10 * ladder[attempt - 1];
        }
        return of(flat, new double[n], ladder);
    }

    /**
     * Factors a matrix with something added to its diagonal, and the first jitter of a ladder that works added on top.
     *
     * @param lowerTriangle row-major [n][n], of which only the lower triangle is read
     * @param diagonal what is added to the n diagonal entries
     * @throws SurrogateException when no jitter works
     */
    static Cholesky of(double[] lowerTriangle, double[] diagonal, double[] ladder) {
        int n = diagonal.length;
        double[] factor = new double[n * n];
        for (double jitter : ladder) {
            System.arraycopy(lowerTriangle, 0, factor, 0, n * n);
            boolean finite = true;
            for (int i = 0; i < n; i++) {
                factor[i * n + i] += diagonal[i] + jitter;
                finite &= Math.abs(factor[i * n + i]) < Double.POSITIVE_INFINITY;
            }
            if (finite && LAPACK.engine.potrf(Layout.COL_MAJOR, UPLO.UPPER, n, factor, Math.max(1, n)) == 0) {
                return new Cholesky(n, factor, jitter);
            }
        }
        throw new SurrogateException("a covariance of " + n + " points is not positive definite, even with "
                + ladder[ladder.length - 1] + " added to its diagonal");
    }

    /** What had to be added to the diagonal. */
    double jitter() {
        return jitter;
    }

    /** log |A|. */
    double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Math.log(lower[i * n + i]);
        }
        return 2 * sum;
    }

    /** L z. */
    double[] times(double[] z) {
        double[] product = new double[n];
        for (int i = 0; i < n; i++) {
            product[i] = dot(i, z, i + 1);
        }
        return product;
    }

    /** A^-1 b. */
    double[] solve(double[] b) {
        double[] x = solveLower(b);
        for (int i = n - 1; i >= 0; i--) {
            int row = i * n;
            double value = x[i] / lower[row + i];
            x[i] = value;
            for (int j = 0; j < i; j++) {
                x[j] -= value * lower[row + j];
            }
        }
        return x;
    }

    /** L^-1 b. */
    double[] solveLower(double[] b) {
        double[] x = b.clone();
        for (int i = 0; i < n; i++) {
            x[i] = (x[i] - dot(i, x, i)) / lower[i * n + i];
        }
        return x;
    }

    /**
     * Replaces each of the m rows b of a row-major matrix [m][n] by L^-1 b.
     *
     * @param rows changed in place
     */
    void solveLowerRows(double[] rows, int m) {
        if (m == 0 || n == 0) {
            return;
        }
        openblas.cblas_dtrsm(
                openblas.CblasRowMajor,
                openblas.CblasRight,
                openblas.CblasLower,
                openblas.CblasTrans,
                openblas.CblasNonUnit,
                m,
                n,
                1,
                lower,
                n,
                rows,
                n);
    }

    /** Replaces each of the m rows b of a row-major matrix [m][n] by A^-1 b. */
    void solveRows(double[] rows, int m) {
        solveLowerRows(rows, m);
        solveUpperRows(rows, m);
    }

    /** Replaces each of the m rows b of a row-major matrix [m][n] by (L')^-1 b. */
    void solveUpperRows(double[] rows, int m) {
        if (m > 0 && n > 0) {
            openblas.cblas_dtrsm(
                    openblas.CblasRowMajor,
                    openblas.CblasRight,
                    openblas.CblasLower,
                    openblas.CblasNoTrans,
                    openblas.CblasNonUnit,
                    m,
                    n,
                    1,
                    lower,
                    n,
                    rows,
                    n);
        }
    }

    /** Replaces each of the m rows z of a row-major matrix [m][n] by L z. */
    void timesRows(double[] rows, int m) {
        multiplyRows(rows, m, openblas.CblasTrans);
    }

    /** Replaces each of the m rows z of a row-major matrix [m][n] by L' z. */
    void timesTransposedRows(double[] rows, int m) {
        multiplyRows(rows, m, openblas.CblasNoTrans);
    }

    private void multiplyRows(double[] rows, int m, int transposed) {
        if (m > 0 && n > 0) {
            openblas.cblas_dtrmm(
                    openblas.CblasRowMajor,
                    openblas.CblasRight,
                    openblas.CblasLower,
                    transposed,
                    openblas.CblasNonUnit,
                    m,
                    n,
                    1,
                    lower,
                    n,
                    rows,
                    n);
        }
    }

    /**
     * L' P L for a symmetric P.
     *
     * @param symmetric row-major [n][n] of P, of which only the lower triangle is read
     * @return row-major [n][n]
     */
    double[] congruent(double[] symmetric) {
        double[] product = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                product[i * n + j] = symmetric[i * n + j];
                product[j * n + i] = symmetric[i * n + j];
            }
        }
        // Rows of P times L, then L' times the rest: the same by symmetry as rows times L of the transposed.
        timesTransposedRows(product, n);
        double[] turned = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                turned[j * n + i] = product[i * n + j];
            }
        }
        timesTransposedRows(turned, n);
        return turned;
    }

    /** A^-1, row-major [n][n], of which only the lower triangle is filled. */
    double[] inverse() {
        double[] inverse = lower.clone();
        int info = openblas.LAPACKE_dpotri_work(openblas.LAPACK_COL_MAJOR, (byte) 'U', n, inverse, Math.max(1, n));
        if (info != 0) {
            throw new SurrogateException(
                    "the inverse of a covariance of " + n + " points failed with LAPACK's " + info);
        }
        return inverse;
    }

    /** The first {@code count} entries of row i of L times those of x, in four sums that need not wait for each other. */
    private double dot(int i, double[] x, int count) {
        int row = i * n;
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int j = 0;
        for (; j + 3 < count; j += 4) {
            a += lower[row + j] * x[j];
            b += lower[row + j + 1] * x[j + 1];
            c += lower[row + j + 2] * x[j + 2];
            d += lower[row + j + 3] * x[j + 3];
        }
        for (; j < count; j++) {
            a += lower[row + j] * x[j];
        }
        return a + b + c + d;
    }
}
