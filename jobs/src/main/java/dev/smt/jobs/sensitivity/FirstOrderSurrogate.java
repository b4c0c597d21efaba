package dev.smt.jobs.sensitivity;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularMatrixException;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;

/** A first-order surrogate y = beta_0 + sum of beta_k theta_k by least squares (paper, Eq. 7). */
final class FirstOrderSurrogate {
    private static final double SINGULAR = 1e-10;

    private final RealVector coefficients;
    private final RealMatrix covariance;

    private FirstOrderSurrogate(RealVector coefficients, RealMatrix covariance) {
        this.coefficients = coefficients;
        this.covariance = covariance;
    }

    /**
     * The fit; empty where the points do not span the cube, or leave no degree of freedom for the standard errors.
     *
     * @param points [trials, coordinates]
     * @param values one per trial
     */
    static Optional<FirstOrderSurrogate> fit(double[][] points, double[] values) {
        int dimension = points.length == 0 ? 0 : points[0].length;
        if (points.length < dimension + 2) {
            return Optional.empty();
        }
        try {
            OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression(SINGULAR);
            regression.newSampleData(values, points);
            double[] all = regression.estimateRegressionParameters();
            RealMatrix unscaled = MatrixUtils.createRealMatrix(regression.estimateRegressionParametersVariance());
            RealMatrix covariance = unscaled.scalarMultiply(regression.estimateErrorVariance());
            return Optional.of(new FirstOrderSurrogate(
                    new ArrayRealVector(Arrays.copyOfRange(all, 1, all.length)),
                    withoutIntercept(covariance, dimension)));
        } catch (SingularMatrixException collinear) {
            return Optional.empty();
        }
    }

    private static RealMatrix withoutIntercept(RealMatrix covariance, int dimension) {
        return dimension == 0
                ? covariance
                : covariance.getSubMatrix(1, covariance.getRowDimension() - 1, 1, covariance.getColumnDimension() - 1);
    }

    /** A weighted sum of the coefficients beta_1 to beta_d. */
    double effect(double[] weights) {
        return coefficients.dotProduct(new ArrayRealVector(weights, false));
    }

    /** The standard error of {@link #effect}. */
    double standardError(double[] weights) {
        RealVector vector = new ArrayRealVector(weights, false);
        // Rounding may leave a variance just below 0 where the fit is exact.
        return Math.sqrt(Math.max(0, vector.dotProduct(covariance.operate(vector))));
    }
}
