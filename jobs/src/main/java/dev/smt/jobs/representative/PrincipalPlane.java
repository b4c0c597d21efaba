package dev.smt.jobs.representative;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/** The first two principal coordinates of centred points, for the plot (paper, Fig. 4). */
final class PrincipalPlane {
    private PrincipalPlane() {}

    /** [models, 2]; 0 where the points have fewer dimensions. Signs are fixed: the largest loading is positive. */
    static double[][] of(double[][] points) {
        double[][] plane = new double[points.length][2];
        if (points[0].length == 0) {
            return plane;
        }
        RealMatrix matrix = new Array2DRowRealMatrix(points, true);
        RealMatrix axes = new SingularValueDecomposition(matrix).getV();
        for (int axis = 0; axis < Math.min(2, axes.getColumnDimension()); axis++) {
            double[] direction = axes.getColumn(axis);
            double sign = sign(direction);
            double[] coordinates = matrix.operate(direction);
            for (int model = 0; model < points.length; model++) {
                plane[model][axis] = sign * coordinates[model];
            }
        }
        return plane;
    }

    private static double sign(double[] direction) {
        double largest = 0;
        for (double loading : direction) {
            largest = Math.abs(loading) > Math.abs(largest) + 1e-12 ? loading : largest;
        }
        return largest < 0 ? -1 : 1;
    }
}
