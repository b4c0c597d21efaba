package dev.smt.bayes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one Gaussian process is fitted to: one value per point with the variance of its known noise, both standardized
 * to mean 0 and variance 1 of the values. Equal values are only centred.
 */
final class Targets {
    private static final double SMALLEST_RELATIVE_SPREAD = 1e-12;
    /** Relative to the variance of the values; a larger noise says as little, and its square would overflow. */
    private static final double LARGEST_NOISE = 1e12;

    private static final int MOST_PROBLEMS_NAMED = 5;

    final double mean;
    final double scale;
    final double[] values;
    final double[] noiseVariances;

    /**
     * @throws SurrogateException when there are no values, a value is not finite, a variance is negative or not finite, or
     *     the values are too large to square
     */
    Targets(double[] raw, double[] rawNoiseVariances) {
        require(raw, rawNoiseVariances);
        this.mean = Arrays.stream(raw).average().orElse(0);
        double largest = Arrays.stream(raw).map(Math::abs).max().orElse(0);
        double spread = Math.sqrt(
                Arrays.stream(raw).map(y -> (y - mean) * (y - mean)).average().orElse(0));
        double noise = Math.sqrt(Arrays.stream(rawNoiseVariances).average().orElse(0));
        this.scale = spread > SMALLEST_RELATIVE_SPREAD * largest ? spread : noise > 0 ? noise : 1;
        if (!Double.isFinite(mean) || !Double.isFinite(scale)) {
            throw new SurrogateException("the values to fit have the mean " + mean + " and the scale " + scale
                    + "; expected values whose squares are finite");
        }
        this.values = Arrays.stream(raw).map(y -> (y - mean) / scale).toArray();
        this.noiseVariances = Arrays.stream(rawNoiseVariances)
                .map(v -> Math.min(LARGEST_NOISE, v / scale / scale))
                .toArray();
    }

    private Targets(double mean, double scale, double[] values, double[] noiseVariances) {
        this.mean = mean;
        this.scale = scale;
        this.values = values;
        this.noiseVariances = noiseVariances;
    }

    /** The same values, of which each observation has the mean over the targets of its noise variances. */
    static List<Targets> withMeanNoise(List<Targets> targets) {
        double[] noise = new double[targets.get(0).values.length];
        for (Targets target : targets) {
            for (int i = 0; i < noise.length; i++) {
                noise[i] += target.noiseVariances[i] / targets.size();
            }
        }
        return targets.stream()
                .map(target -> new Targets(target.mean, target.scale, target.values, noise))
                .toList();
    }

    /** Some of the observations, standardized as all of them are. */
    Targets subset(int[] observations) {
        return new Targets(
                mean,
                scale,
                Arrays.stream(observations).mapToDouble(i -> values[i]).toArray(),
                Arrays.stream(observations).mapToDouble(i -> noiseVariances[i]).toArray());
    }

    private static void require(double[] raw, double[] rawNoiseVariances) {
        if (raw.length == 0 || raw.length != rawNoiseVariances.length) {
            throw new SurrogateException("there are " + raw.length + " values to fit and " + rawNoiseVariances.length
                    + " noise variances; expected one each for at least one point");
        }
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < raw.length; i++) {
            if (!Double.isFinite(raw[i])) {
                problems.add("value " + i + " is " + raw[i]);
            }
            if (!(rawNoiseVariances[i] >= 0 && rawNoiseVariances[i] < Double.POSITIVE_INFINITY)) {
                problems.add("noise variance " + i + " is " + rawNoiseVariances[i]);
            }
        }
        refuse(problems, "finite values, and noise variances of 0 or more: leave the point out, or impute it");
    }

    /** Throws where there are problems; names the first few. */
    static void refuse(List<String> problems, String expected) {
        if (!problems.isEmpty()) {
            int named = Math.min(MOST_PROBLEMS_NAMED, problems.size());
            String more = problems.size() > named ? " and " + (problems.size() - named) + " more" : "";
            throw new SurrogateException(
                    String.join("; ", problems.subList(0, named)) + more + "; expected " + expected);
        }
    }
}
