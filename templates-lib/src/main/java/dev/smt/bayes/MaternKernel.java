package dev.smt.bayes;

import java.util.Arrays;

/**
 * The covariance of the modelled function: Matern-5/2 over the numeric coordinates, with a length scale l_d per
 * coordinate (automatic relevance determination), times one factor per categorical parameter:
 *
 * <p>k(a, b) = s (1 + r + r^2 / 3) exp(-r) prod_c exp(-q_c), r^2 = 5 sum_d (a_d - b_d)^2 / l_d^2 (Rasmussen and Williams
 * 2006, Eq. 4.17), q_c = sum over c's one-hot coordinates of (a_j - b_j)^2 / (2 l_c).
 *
 * <p>On one-hot coordinates q_c is 1 / l_c where the levels differ and 0 where they are equal: all levels are alike, and
 * a parameter of 10 levels has one length scale to learn, not 10. Written with squares it is a Gaussian kernel, so it is
 * positive definite and has gradients between the levels too.
 *
 * <p>Hyperparameters are natural logarithms: K length scales, then the signal variance s.
 */
final class MaternKernel {
    private static final double SQRT_5 = Math.sqrt(5);

    private final double[] logs;
    private final CoordinateGroups groups;
    /** What each of the D coordinates is multiplied by, so that r^2 and q are sums of squared differences. */
    private final double[] factors;

    private final double signalVariance;

    /** For D numeric coordinates: D + 1 logarithms. */
    MaternKernel(double[] logs) {
        this(CoordinateGroups.numeric(logs.length - 1), logs);
    }

    /** @param logs K + 1 natural logarithms */
    MaternKernel(CoordinateGroups groups, double[] logs) {
        if (logs.length != groups.lengthScales() + 1) {
            throw new IllegalArgumentException("a kernel with " + groups.lengthScales() + " length scales and a signal"
                    + " variance was given " + logs.length + " hyperparameters");
        }
        this.groups = groups;
        this.logs = logs.clone();
        this.factors = new double[groups.dimension()];
        for (int d = 0; d < factors.length; d++) {
            double log = logs[groups.groupOf(d)];
            factors[d] = groups.isCategorical(d) ? Math.exp(-log / 2) / Math.sqrt(2) : SQRT_5 * Math.exp(-log);
        }
        this.signalVariance = Math.exp(logs[logs.length - 1]);
    }

    /** The covariance of the function's values at two points, free of noise. */
    double covariance(double[] a, double[] b) {
        double numeric = 0;
        double levels = 0;
        for (int d = 0; d < factors.length; d++) {
            double step = (a[d] - b[d]) * factors[d];
            if (groups.isCategorical(d)) {
                levels += step * step;
            } else {
                numeric += step * step;
            }
        }
        double r = Math.sqrt(numeric);
        return signalVariance * (1 + r + r * r / 3) * Math.exp(-r - levels);
    }

    /**
     * The covariance of the values at two points, and its gradient by the first.
     *
     * @param gradient filled with the D derivatives
     */
    double covariance(double[] a, double[] b, double[] gradient) {
        double value = covariance(a, b);
        double numeric = 0;
        for (int d = 0; d < factors.length; d++) {
            double step = (a[d] - b[d]) * factors[d];
            numeric += groups.isCategorical(d) ? 0 : step * step;
        }
        double r = Math.sqrt(numeric);
        double slope = value * (1 + r) / (3 + 3 * r + numeric);
        for (int d = 0; d < factors.length; d++) {
            double pull = groups.isCategorical(d) ? 2 * value : slope;
            gradient[d] = -pull * factors[d] * factors[d] * (a[d] - b[d]);
        }
        return value;
    }

    /** The same kernel with its signal variance times a positive factor. */
    MaternKernel times(double factor) {
        double[] scaled = logs.clone();
        scaled[scaled.length - 1] += Math.log(factor);
        return new MaternKernel(groups, scaled);
    }

    /** The same kernel with all length scales times a positive factor. */
    MaternKernel stretched(double factor) {
        double[] stretched = logs.clone();
        for (int i = 0; i < stretched.length - 1; i++) {
            stretched[i] += Math.log(factor);
        }
        return new MaternKernel(groups, stretched);
    }

    double signalVariance() {
        return signalVariance;
    }

    CoordinateGroups groups() {
        return groups;
    }

    /** What coordinate d is multiplied by, so that r^2 and q are sums of squared differences. */
    double factor(int coordinate) {
        return factors[coordinate];
    }

    /** K + 1 natural logarithms. */
    double[] hyperparameters() {
        return logs.clone();
    }

    @Override
    public String toString() {
        return "MaternKernel" + Arrays.toString(logs);
    }
}
