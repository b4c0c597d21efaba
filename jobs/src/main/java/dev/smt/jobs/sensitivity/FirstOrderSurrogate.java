package dev.smt.jobs.sensitivity;

import java.util.Optional;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * First-order surrogates y = beta_0 + sum of beta_k x_k by least squares (paper, Eq. 7). The points are decomposed once;
 * mu and every model's deltas are fitted to the same decomposition.
 */
final class FirstOrderSurrogate {
    /** Residual degrees of freedom below which a standard error says nothing. */
    static final int LEAST_FREEDOM = 2;
    /** Smallest over largest singular value below which columns are the same but for rounding. */
    private static final double COLLINEAR = 1e-9;

    private final RealMatrix design;
    private final SingularValueDecomposition decomposition;
    private final RealMatrix unscaledCovariance;

    private FirstOrderSurrogate(RealMatrix design, SingularValueDecomposition decomposition) {
        this.design = design;
        this.decomposition = decomposition;
        this.unscaledCovariance = decomposition.getCovariance(0);
    }

    /**
     * Decomposes the points.
     *
     * @param points [trials, columns], without the column of ones
     * @return empty where the points do not span the space of the columns, or leave no degree of freedom
     */
    static Optional<FirstOrderSurrogate> over(double[][] points) {
        if (points.length == 0 || points.length <= points[0].length + 1) {
            return Optional.empty();
        }
        RealMatrix design = new Array2DRowRealMatrix(points.length, points[0].length + 1);
        for (int row = 0; row < points.length; row++) {
            design.setEntry(row, 0, 1);
            for (int column = 0; column < points[row].length; column++) {
                design.setEntry(row, column + 1, points[row][column]);
            }
        }
        SingularValueDecomposition decomposition = new SingularValueDecomposition(design);
        return decomposition.getInverseConditionNumber() > COLLINEAR
                ? Optional.of(new FirstOrderSurrogate(design, decomposition))
                : Optional.empty();
    }

    /** Trials minus coefficients, beta_0 included. */
    int degreesOfFreedom() {
        return design.getRowDimension() - design.getColumnDimension();
    }

    Fit fit(double[] values) {
        RealVector observed = new ArrayRealVector(values);
        RealVector beta = decomposition.getSolver().solve(observed);
        RealVector residual = observed.subtract(design.operate(beta));
        return new Fit(beta, unscaledCovariance.scalarMultiply(residual.dotProduct(residual) / degreesOfFreedom()));
    }

    /** Coefficients with their covariance. A contrast is a weight per column, without the column of ones. */
    record Fit(RealVector beta, RealMatrix covariance) {

        /** The sum of contrast_k beta_k. */
        double of(double[] contrast) {
            return withIntercept(contrast).dotProduct(beta);
        }

        /** The square of the standard error of {@link #of}. */
        double errorVariance(double[] contrast) {
            RealVector weights = withIntercept(contrast);
            return Math.max(0, weights.dotProduct(covariance.operate(weights)));
        }

        private static RealVector withIntercept(double[] contrast) {
            return new ArrayRealVector(1).append(new ArrayRealVector(contrast));
        }
    }
}
