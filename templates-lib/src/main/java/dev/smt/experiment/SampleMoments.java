package dev.smt.experiment;

import java.util.Arrays;

/**
 * Count, means and covariances of a sample of vectors of K numbers: all that the estimates here need of any number of
 * units.
 */
public final class SampleMoments {
    private final long count;
    private final double[] means;
    private final double[][] covariances;

    private SampleMoments(long count, double[] means, double[][] covariances) {
        this.count = count;
        this.means = means;
        this.covariances = covariances;
    }

    /**
     * Moments that were computed elsewhere.
     *
     * @param count 2 or more
     * @param means K numbers
     * @param covariances K x K, with the divisor count - 1
     * @throws IllegalArgumentException when a number is not finite, a size is wrong, or there are fewer than 2 units
     */
    public static SampleMoments of(long count, double[] means, double[][] covariances) {
        boolean square = covariances.length == means.length
                && Arrays.stream(covariances).allMatch(row -> row.length == means.length);
        boolean finite = Arrays.stream(means).allMatch(Double::isFinite)
                && Arrays.stream(covariances).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite);
        if (count < 2 || !square || !finite) {
            throw new IllegalArgumentException("moments of " + count + " units with the means " + Arrays.toString(means)
                    + " and covariances " + Arrays.deepToString(covariances)
                    + "; allowed: 2 units or more, finite numbers, K means and K x K covariances");
        }
        return new SampleMoments(
                count,
                means.clone(),
                Arrays.stream(covariances).map(double[]::clone).toArray(double[][]::new));
    }

    /** Collects vectors of K numbers, one by one. */
    public static Accumulator accumulator(int numbers) {
        return new Accumulator(numbers);
    }

    /** Number of units. */
    public long count() {
        return count;
    }

    /** K. */
    public int numbers() {
        return means.length;
    }

    public double mean(int number) {
        return means[number];
    }

    public double variance(int number) {
        return covariances[number][number];
    }

    public double covariance(int one, int other) {
        return covariances[one][other];
    }

    /** Mean of a linear combination of the K numbers. */
    public double combinedMean(double... coefficients) {
        double sum = 0;
        for (int i = 0; i < means.length; i++) {
            sum += coefficients[i] * means[i];
        }
        return sum;
    }

    /** Variance of a linear combination of the K numbers, 0 or more. */
    public double combinedVariance(double... coefficients) {
        double sum = 0;
        for (int i = 0; i < means.length; i++) {
            for (int j = 0; j < means.length; j++) {
                sum += coefficients[i] * coefficients[j] * covariances[i][j];
            }
        }
        return Math.max(0, sum);
    }

    /** Welford's updates (Welford 1962): stable for numbers far from 0. */
    public static final class Accumulator {
        private final double[] means;
        private final double[][] products;
        private long count;

        private Accumulator(int numbers) {
            means = new double[numbers];
            products = new double[numbers][numbers];
        }

        /** Adds one unit's K numbers. */
        public void add(double... values) {
            if (values.length != means.length || !Arrays.stream(values).allMatch(Double::isFinite)) {
                throw new IllegalArgumentException(
                        "unit with " + Arrays.toString(values) + "; allowed: " + means.length + " finite numbers");
            }
            count++;
            double[] before = new double[means.length];
            for (int i = 0; i < means.length; i++) {
                before[i] = values[i] - means[i];
                means[i] += before[i] / count;
            }
            for (int i = 0; i < means.length; i++) {
                for (int j = 0; j < means.length; j++) {
                    products[i][j] += before[i] * (values[j] - means[j]);
                }
            }
        }

        /** @throws IllegalArgumentException with fewer than 2 units */
        public SampleMoments moments() {
            double[][] covariances = new double[means.length][];
            for (int i = 0; i < means.length; i++) {
                covariances[i] =
                        Arrays.stream(products[i]).map(sum -> sum / (count - 1)).toArray();
            }
            return of(count, means, covariances);
        }
    }
}
