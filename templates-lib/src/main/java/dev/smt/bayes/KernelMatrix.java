package dev.smt.bayes;

import java.util.Arrays;

/**
 * The covariances among n points at one vector of hyperparameters, and what their derivatives add up to. The points are
 * kept by column, so that the loops over pairs run through contiguous memory; distances are computed anew from the
 * scaled columns, which is as fast as reading stored ones and takes no n^2 K numbers. Not safe for several threads.
 */
final class KernelMatrix {
    private final CoordinateGroups groups;
    private final int n;
    /** [D][n]. */
    private final double[][] columns;
    /** [D][n], each column times the kernel's factor. */
    private final double[][] scaled;

    private final double[] numeric;
    private final double[] levels;
    /** Row-major lower triangle, diagonal included, of n x n. */
    private final double[] values;
    /** exp(-r - q) s (1 + r) / 3: the derivative of a covariance by log l_d is this times the squared scaled step. */
    private final double[] slopes;

    KernelMatrix(CoordinateGroups groups, double[][] points) {
        this.groups = groups;
        this.n = points.length;
        this.columns = new double[groups.dimension()][n];
        for (int i = 0; i < n; i++) {
            for (int d = 0; d < columns.length; d++) {
                columns[d][i] = points[i][d];
            }
        }
        this.scaled = new double[columns.length][n];
        this.numeric = new double[n];
        this.levels = new double[n];
        this.values = new double[n * n];
        this.slopes = new double[n * n];
    }

    /** Computes the covariances under a kernel. */
    void fill(MaternKernel kernel) {
        for (int d = 0; d < columns.length; d++) {
            for (int i = 0; i < n; i++) {
                scaled[d][i] = columns[d][i] * kernel.factor(d);
            }
        }
        double signal = kernel.signalVariance();
        for (int i = 0; i < n; i++) {
            Arrays.fill(numeric, 0, i, 0);
            Arrays.fill(levels, 0, i, 0);
            for (int d = 0; d < scaled.length; d++) {
                addSquares(scaled[d], i, groups.isCategorical(d) ? levels : numeric);
            }
            fillRow(i, signal);
            values[i * n + i] = signal;
        }
    }

    private static void addSquares(double[] column, int i, double[] sums) {
        double at = column[i];
        for (int j = 0; j < i; j++) {
            double step = column[j] - at;
            sums[j] += step * step;
        }
    }

    private void fillRow(int i, double signal) {
        int row = i * n;
        for (int j = 0; j < i; j++) {
            double r = Math.sqrt(numeric[j]);
            double e = signal * Math.exp(-r - levels[j]);
            values[row + j] = e * (1 + r + numeric[j] / 3);
            slopes[row + j] = e * (1 + r) / 3;
        }
    }

    /** The row-major lower triangle of the n x n covariances, of which the caller may change nothing. */
    double[] values() {
        return values;
    }

    /**
     * Adds to the first K + 1 entries of {@code gradient} the sum over all i and j of w_ij times the derivative of k_ij by
     * the K log length scales and the log signal variance.
     *
     * @param weights row-major lower triangle of the symmetric w, n x n
     */
    void addDerivatives(double[] weights, double[] gradient) {
        double[] numericWeights = new double[n];
        double[] levelWeights = new double[n];
        int signal = groups.lengthScales();
        for (int i = 0; i < n; i++) {
            int row = i * n;
            double sum = weights[row + i] * values[row + i] / 2;
            for (int j = 0; j < i; j++) {
                double weight = weights[row + j];
                numericWeights[j] = weight * slopes[row + j];
                levelWeights[j] = weight * values[row + j];
                sum += levelWeights[j];
            }
            gradient[signal] += 2 * sum;
            for (int d = 0; d < scaled.length; d++) {
                double[] by = groups.isCategorical(d) ? levelWeights : numericWeights;
                gradient[groups.groupOf(d)] += 2 * weightedSquares(by, scaled[d], i);
            }
        }
    }

    /** Four partial sums, because a single one makes every addition wait for the one before. */
    private static double weightedSquares(double[] weights, double[] column, int i) {
        double at = column[i];
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int j = 0;
        for (; j + 3 < i; j += 4) {
            a += weights[j] * (column[j] - at) * (column[j] - at);
            b += weights[j + 1] * (column[j + 1] - at) * (column[j + 1] - at);
            c += weights[j + 2] * (column[j + 2] - at) * (column[j + 2] - at);
            d += weights[j + 3] * (column[j + 3] - at) * (column[j + 3] - at);
        }
        for (; j < i; j++) {
            a += weights[j] * (column[j] - at) * (column[j] - at);
        }
        return a + b + c + d;
    }
}
