package dev.smt.bayes;

import java.util.Arrays;
import smile.math.blas.UPLO;
import smile.math.kernel.MercerKernel;
import smile.math.matrix.Matrix;

/**
 * The Matern-5/2 covariance with a length scale per coordinate (automatic relevance determination), plus the known
 * noise of an observed site on its own diagonal entry: k(a, b) = s (1 + r + r^2 / 3) exp(-r) with r = sqrt(5) |(a - b) /
 * lengthScale| (Rasmussen and Williams 2006, Eq. 4.17).
 *
 * <p>Hyperparameters are natural logarithms: D length scales, then the signal variance s.
 */
final class MaternKernel implements MercerKernel<Site> {
    private static final long serialVersionUID = 1L;

    private final double[] logs;
    private final double[] inverseLengthScales;
    private final double signalVariance;

    MaternKernel(double[] logs) {
        this.logs = logs.clone();
        this.inverseLengthScales = new double[logs.length - 1];
        for (int i = 0; i < inverseLengthScales.length; i++) {
            inverseLengthScales[i] = Math.exp(-logs[i]);
        }
        this.signalVariance = Math.exp(logs[logs.length - 1]);
    }

    /** The covariance of the function's values at two points, free of noise. */
    double covariance(double[] a, double[] b) {
        double squares = 0;
        for (int i = 0; i < inverseLengthScales.length; i++) {
            double step = (a[i] - b[i]) * inverseLengthScales[i];
            squares += step * step;
        }
        double r = Math.sqrt(5 * squares);
        return signalVariance * (1 + r + r * r / 3) * Math.exp(-r);
    }

    double signalVariance() {
        return signalVariance;
    }

    @Override
    public double k(Site a, Site b) {
        return covariance(a.point, b.point) + (a == b ? a.noiseVariance : 0);
    }

    /** Smile's default runs on the common thread pool, whose threads belong to others; the matrices here are small. */
    @Override
    public Matrix K(Site[] sites) {
        Matrix matrix = new Matrix(sites.length, sites.length);
        for (int j = 0; j < sites.length; j++) {
            for (int i = j; i < sites.length; i++) {
                double value = k(sites[i], sites[j]);
                matrix.set(i, j, value);
                matrix.set(j, i, value);
            }
        }
        return matrix.uplo(UPLO.LOWER);
    }

    @Override
    public Matrix K(Site[] rows, Site[] columns) {
        Matrix matrix = new Matrix(rows.length, columns.length);
        for (int j = 0; j < columns.length; j++) {
            for (int i = 0; i < rows.length; i++) {
                matrix.set(i, j, k(rows[i], columns[j]));
            }
        }
        return matrix;
    }

    /** Not offered: the hyperparameters are found without gradients. */
    @Override
    public double[] kg(Site a, Site b) {
        throw new UnsupportedOperationException("the Matern-5/2 kernel is fitted without gradients");
    }

    @Override
    public MaternKernel of(double[] hyperparameters) {
        return new MaternKernel(hyperparameters);
    }

    @Override
    public double[] hyperparameters() {
        return logs.clone();
    }

    @Override
    public double[] lo() {
        return filled(Hyperparameters.LOWEST_LOG);
    }

    @Override
    public double[] hi() {
        return filled(Hyperparameters.HIGHEST_LOG);
    }

    private double[] filled(double value) {
        double[] bounds = new double[logs.length];
        Arrays.fill(bounds, value);
        return bounds;
    }
}
