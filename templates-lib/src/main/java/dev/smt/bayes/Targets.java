package dev.smt.bayes;

import java.util.Arrays;

/**
 * What one Gaussian process is fitted to: one value per point with the variance of its known noise, both standardized
 * to mean 0 and variance 1 of the values. Equal values are only centred.
 */
final class Targets {
    private static final double SMALLEST_RELATIVE_SPREAD = 1e-12;

    final double mean;
    final double scale;
    final double[] values;
    final double[] noiseVariances;

    Targets(double[] raw, double[] rawNoiseVariances) {
        this.mean = Arrays.stream(raw).average().orElse(0);
        double largest = Arrays.stream(raw).map(Math::abs).max().orElse(0);
        double spread = Math.sqrt(
                Arrays.stream(raw).map(y -> (y - mean) * (y - mean)).average().orElse(0));
        double noise = Math.sqrt(Arrays.stream(rawNoiseVariances).average().orElse(0));
        this.scale = spread > SMALLEST_RELATIVE_SPREAD * largest ? spread : noise > 0 ? noise : 1;
        if (!Double.isFinite(mean) || !Double.isFinite(scale)) {
            throw new SurrogateException("the values to fit have the mean " + mean + " and the scale " + scale);
        }
        this.values = Arrays.stream(raw).map(y -> (y - mean) / scale).toArray();
        this.noiseVariances =
                Arrays.stream(rawNoiseVariances).map(v -> v / scale / scale).toArray();
    }
}
