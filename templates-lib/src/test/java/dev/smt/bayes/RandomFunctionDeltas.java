package dev.smt.bayes;

import org.apache.commons.math3.random.RandomGenerator;

/**
 * Delta_i = shared + a factor with a loading per model + the model's own, all draws of Gaussian processes with the same
 * kernel, Matern-5/2 or squared-exponential, by random Fourier features (Rahimi and Recht 2007). A minority of three to
 * five models follows a function of its own and little of the shared one.
 */
final class RandomFunctionDeltas implements DeltaFunctions {
    private static final int FEATURES = 128;
    private static final double SHARED_SPREAD = 0.16;
    private static final double MINORITY_SPREAD = 0.16;
    private static final double FACTOR_SPREAD = 0.06;
    private static final double OWN_SPREAD = 0.05;
    /** Degrees of freedom of Matern-5/2's spectral density, a multivariate t. */
    private static final int DEGREES_OF_FREEDOM = 5;

    private final double[][] frequencies;
    private final double[] phases = new double[FEATURES];
    /** Weights of the features, [M][FEATURES]. */
    private final double[][] weights;

    RandomFunctionDeltas(int dimension, int models, RandomGenerator random) {
        boolean matern = random.nextBoolean();
        double[] lengthScales = new double[dimension];
        for (int j = 0; j < dimension; j++) {
            lengthScales[j] = 0.35 * Math.sqrt(dimension) * Math.exp(0.4 * random.nextGaussian());
        }
        this.frequencies = new double[FEATURES][dimension];
        for (int k = 0; k < FEATURES; k++) {
            double stretch = matern ? Math.sqrt(DEGREES_OF_FREEDOM / chiSquared(random)) : 1;
            phases[k] = 2 * Math.PI * random.nextDouble();
            for (int j = 0; j < dimension; j++) {
                frequencies[k][j] = stretch * random.nextGaussian() / lengthScales[j];
            }
        }
        this.weights = drawWeights(models, random);
    }

    private static double[][] drawWeights(int models, RandomGenerator random) {
        double unit = Math.sqrt(2.0 / FEATURES);
        double[] shared = gaussians(FEATURES, SHARED_SPREAD * unit, random);
        double[] minorities = gaussians(FEATURES, MINORITY_SPREAD * unit, random);
        double[] factor = gaussians(FEATURES, FACTOR_SPREAD * unit, random);
        int minority = 3 + random.nextInt(3);
        double[][] weights = new double[models][];
        for (int i = 0; i < models; i++) {
            double common = i < minority ? 0.4 * random.nextDouble() : 1;
            double opposed = i < minority ? 1 : 0;
            double loading = random.nextGaussian();
            weights[i] = gaussians(FEATURES, OWN_SPREAD * unit, random);
            for (int k = 0; k < FEATURES; k++) {
                weights[i][k] += common * shared[k] + opposed * minorities[k] + loading * factor[k];
            }
        }
        return weights;
    }

    private static double[] gaussians(int count, double spread, RandomGenerator random) {
        double[] values = new double[count];
        for (int k = 0; k < count; k++) {
            values[k] = spread * random.nextGaussian();
        }
        return values;
    }

    private static double chiSquared(RandomGenerator random) {
        double sum = 0;
        for (int k = 0; k < DEGREES_OF_FREEDOM; k++) {
            double z = random.nextGaussian();
            sum += z * z;
        }
        return sum;
    }

    @Override
    public void at(double[] point, double[] deltas) {
        double[] features = new double[FEATURES];
        for (int k = 0; k < FEATURES; k++) {
            double angle = phases[k];
            for (int j = 0; j < point.length; j++) {
                angle += frequencies[k][j] * point[j];
            }
            features[k] = Math.cos(angle);
        }
        for (int i = 0; i < weights.length; i++) {
            double sum = 0;
            for (int k = 0; k < FEATURES; k++) {
                sum += weights[i][k] * features[k];
            }
            deltas[i] = sum;
        }
    }
}
