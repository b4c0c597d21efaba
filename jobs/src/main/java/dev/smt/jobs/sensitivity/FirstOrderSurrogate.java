package dev.smt.jobs.sensitivity;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.math3.linear.SingularMatrixException;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;

/**
 * A first-order surrogate y = beta_0 + sum of beta_k theta_k by least squares (paper, Eq. 7).
 *
 * @param coefficients beta_1 to beta_d
 * @param standardErrors of the coefficients
 */
record FirstOrderSurrogate(double[] coefficients, double[] standardErrors) {

    /** The fit; empty where the points are too few, or do not span the cube. */
    static Optional<FirstOrderSurrogate> fit(double[][] points, double[] values) {
        int dimension = points.length == 0 ? 0 : points[0].length;
        if (points.length < dimension + 2) {
            return Optional.empty();
        }
        try {
            OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression(1e-10);
            regression.newSampleData(values, points);
            double[] all = regression.estimateRegressionParameters();
            double[] errors = regression.estimateRegressionParametersStandardErrors();
            return Optional.of(new FirstOrderSurrogate(
                    Arrays.copyOfRange(all, 1, all.length), Arrays.copyOfRange(errors, 1, errors.length)));
        } catch (SingularMatrixException collinear) {
            return Optional.empty();
        }
    }
}
