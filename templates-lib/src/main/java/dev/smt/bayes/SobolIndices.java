package dev.smt.bayes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Which share of a function's variance over the unit cube comes from which coordinate (Sobol 1993): the <em>first-order</em>
 * index of a coordinate by itself, S_k = Var(E(f | x_k)) / Var(f), and its <em>total</em> index with all interactions that it
 * takes part in, T_k = E(Var(f | all but x_k)) / Var(f). A coordinate that acts by itself only has T_k = S_k; one that only
 * changes what others do has S_k = 0 and T_k above 0; one that does nothing has T_k = 0.
 *
 * <p>S_k by the estimator of Saltelli et al. (2010, "Variance based sensitivity analysis of model output", table 2 b), T_k by
 * that of Jansen (1999; table 2 f there), on Sobol points with several independent random digital shifts. An estimate is the
 * mean over the shifts, its standard error the deviation between them over the root of their number: it is the error of the
 * integration and says nothing of how well the function itself is known.
 *
 * @param variance of the function over the cube
 * @param coordinates one per coordinate
 */
public record SobolIndices(double variance, List<Index> coordinates) {
    /** Relative to the mean square: a variance below it is rounding. */
    private static final double ROUNDING = 1e-20;

    private static final int LEAST_SHIFTS = 2;
    private static final int SEED_LENGTH = 8;

    public SobolIndices {
        coordinates = List.copyOf(coordinates);
    }

    /**
     * The shares of one coordinate.
     *
     * @param firstOrder of the coordinate by itself; 0 to 1 but for the error of the estimate
     * @param firstOrderError its standard error
     * @param total of the coordinate with its interactions; 0 or more
     * @param totalError its standard error
     */
    public record Index(double firstOrder, double firstOrderError, double total, double totalError) {}

    /**
     * The indices of a function of D coordinates, each in [0, 1). The function is evaluated
     * {@code shifts * points * (D + 2)} times.
     *
     * @param points Sobol points per shift; a power of two is most even
     * @param shifts independent random shifts of the points; 2 or more
     * @return empty where the function is constant: there is no variance to share
     */
    public static Optional<SobolIndices> of(
            ToDoubleFunction<double[]> function, int dimension, int points, int shifts, long seed) {
        if (dimension < 1 || points < 2 || shifts < LEAST_SHIFTS) {
            throw new IllegalArgumentException("dimension is " + dimension + ", points " + points + ", shifts " + shifts
                    + "; allowed: a dimension of 1 or more, 2 points or more, 2 shifts or more");
        }
        double[] variances = new double[shifts];
        double[][] first = new double[dimension][shifts];
        double[][] total = new double[dimension][shifts];
        // Well-mixed, since shifts that resemble each other would understate the error.
        SplittableRandom random = new SplittableRandom(seed);
        for (int shift = 0; shift < shifts; shift++) {
            int[] shiftSeed = random.ints(SEED_LENGTH).toArray();
            Sample sample = Sample.of(function, dimension, points, new ScrambledSobol(2 * dimension, shiftSeed));
            if (sample.constant()) {
                return Optional.empty();
            }
            variances[shift] = sample.variance();
            for (int k = 0; k < dimension; k++) {
                first[k][shift] = sample.firstOrder(k);
                total[k][shift] = sample.total(k);
            }
        }
        List<Index> indices = new ArrayList<>();
        for (int k = 0; k < dimension; k++) {
            indices.add(new Index(
                    StatUtils.mean(first[k]), errorOfMean(first[k]), StatUtils.mean(total[k]), errorOfMean(total[k])));
        }
        return Optional.of(new SobolIndices(StatUtils.mean(variances), indices));
    }

    private static double errorOfMean(double[] values) {
        return Math.sqrt(StatUtils.variance(values) / values.length);
    }

    /**
     * Values at N points a, at N independent points b, and at the points a with coordinate k of b.
     *
     * @param a [N], less the mean over a and b
     * @param b [N], less the same
     * @param mixed [D][N], less the same
     * @param mean over a and b
     */
    private record Sample(double[] a, double[] b, double[][] mixed, double mean) {

        static Sample of(ToDoubleFunction<double[]> function, int dimension, int points, ScrambledSobol sobol) {
            double[] a = new double[points];
            double[] b = new double[points];
            double[][] mixed = new double[dimension][points];
            for (int n = 0; n < points; n++) {
                double[] both = sobol.point(n);
                double[] point = new double[dimension];
                System.arraycopy(both, dimension, point, 0, dimension);
                b[n] = function.applyAsDouble(point.clone());
                System.arraycopy(both, 0, point, 0, dimension);
                a[n] = function.applyAsDouble(point.clone());
                for (int k = 0; k < dimension; k++) {
                    double[] other = point.clone();
                    other[k] = both[dimension + k];
                    mixed[k][n] = function.applyAsDouble(other);
                }
            }
            double mean = (StatUtils.mean(a) + StatUtils.mean(b)) / 2;
            // The products of the first-order estimator are smallest, and so is its error, about the mean.
            subtract(mean, a);
            subtract(mean, b);
            for (double[] values : mixed) {
                subtract(mean, values);
            }
            return new Sample(a, b, mixed, mean);
        }

        private static void subtract(double mean, double[] values) {
            for (int n = 0; n < values.length; n++) {
                values[n] -= mean;
            }
        }

        double variance() {
            return (StatUtils.sumSq(a) + StatUtils.sumSq(b)) / (2 * a.length);
        }

        boolean constant() {
            return variance() <= ROUNDING * mean * mean;
        }

        double firstOrder(int k) {
            double sum = 0;
            for (int n = 0; n < a.length; n++) {
                sum += b[n] * (mixed[k][n] - a[n]);
            }
            return sum / a.length / variance();
        }

        double total(int k) {
            double sum = 0;
            for (int n = 0; n < a.length; n++) {
                double change = a[n] - mixed[k][n];
                sum += change * change;
            }
            return sum / (2 * a.length) / variance();
        }
    }
}
