package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.NormalDistribution;
import smile.math.blas.UPLO;
import smile.math.matrix.Matrix;

/**
 * Joint samples of all models' deltas at the observed points, extended point by point: the samples at a further point
 * are conditioned on the samples so far, so that best-so-far and candidate belong to one function. The base samples are
 * fixed, so everything computed from them is deterministic.
 */
final class PosteriorSamples {
    /** Number of joint samples S. */
    static final int SAMPLES = 64;

    private final FleetSurrogate surrogate;
    private final FleetObjective objective;
    private final double[] weights;
    private final List<double[]> points = new ArrayList<>();
    /** [point][sample][model], standardized. */
    private final List<double[][]> values = new ArrayList<>();

    private final double[][] pointNoise = new double[SAMPLES][];
    private Matrix.Cholesky factor;
    /** [sample][model] -> K^-1 f, one entry per point. */
    private double[][][] solved;

    PosteriorSamples(FleetSurrogate surrogate, FleetObjective objective, long seed) {
        this.surrogate = surrogate;
        this.objective = objective;
        this.weights = objective.weights().values().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        SplittableRandom random = new SplittableRandom(seed);
        NormalDistribution normal = new NormalDistribution(null, 0, 1);
        for (int sample = 0; sample < SAMPLES; sample++) {
            pointNoise[sample] = normals(random, normal, surrogate.models());
        }
        observe(random, normal);
    }

    /** What a point is worth in one sample: Eq. 3, and how far Eq. 2's rate is from its limit. */
    record Value(double mu, double margin) {}

    /** The observed and added points' values: [point][sample]. */
    Value value(int point, int sample) {
        return value(values.get(point)[sample]);
    }

    int size() {
        return points.size();
    }

    /** The values of a further point in every sample. */
    Value[] at(double[] point) {
        double[][] deltas = sample(point);
        Value[] result = new Value[SAMPLES];
        for (int sample = 0; sample < SAMPLES; sample++) {
            result[sample] = value(deltas[sample]);
        }
        return result;
    }

    /** Takes a further point into the joint samples: a pending trial. */
    void add(double[] point) {
        double[][] sampled = sample(point);
        points.add(point);
        values.add(sampled);
        solve();
    }

    private void observe(SplittableRandom random, NormalDistribution normal) {
        double[][] data = surrogate.points();
        int size = data.length;
        double[][][] sampled = new double[size][SAMPLES][surrogate.models()];
        for (int model = 0; model < surrogate.models(); model++) {
            GaussianProcess process = surrogate.process(model);
            Matrix lower = lowerFactor(process.covarianceAtData());
            double[] means = new double[size];
            for (int i = 0; i < size; i++) {
                means[i] = process.mean(data[i]);
            }
            for (int sample = 0; sample < SAMPLES; sample++) {
                double[] base = normals(random, normal, size);
                for (int i = 0; i < size; i++) {
                    double value = means[i];
                    for (int j = 0; j <= i; j++) {
                        value += lower.get(i, j) * base[j];
                    }
                    sampled[i][sample][model] = value;
                }
            }
        }
        for (int i = 0; i < size; i++) {
            points.add(data[i]);
            values.add(sampled[i]);
        }
        solve();
    }

    private static Matrix lowerFactor(Matrix covariance) {
        int size = covariance.nrows();
        for (double jitter = 1e-9; jitter <= 1e-2; jitter *= 10) {
            Matrix attempt = covariance.clone();
            for (int i = 0; i < size; i++) {
                attempt.add(i, i, jitter);
            }
            attempt.uplo(UPLO.LOWER);
            try {
                return attempt.cholesky(true).lu;
            } catch (ArithmeticException notPositiveDefinite) {
                continue;
            }
        }
        throw new ArithmeticException("the posterior covariance of " + size + " points is not positive definite");
    }

    private void solve() {
        double[][] data = points.toArray(double[][]::new);
        factor = GaussianProcess.factor(
                GaussianProcess.gram(data, surrogate.kernel()), new double[data.length], surrogate.kernel());
        solved = new double[SAMPLES][surrogate.models()][];
        double[] column = new double[data.length];
        for (int sample = 0; sample < SAMPLES; sample++) {
            for (int model = 0; model < surrogate.models(); model++) {
                for (int i = 0; i < column.length; i++) {
                    column[i] = values.get(i)[sample][model];
                }
                solved[sample][model] = factor.solve(column);
            }
        }
    }

    /** [sample][model], standardized, given the samples at all points so far. */
    private double[][] sample(double[] point) {
        double[] covariances = new double[points.size()];
        for (int i = 0; i < covariances.length; i++) {
            covariances[i] = surrogate.kernel().k(point, points.get(i));
        }
        double explained = dot(covariances, factor.solve(covariances));
        double deviation = Math.sqrt(Math.max(0, surrogate.kernel().variance() - explained));
        double[][] sampled = new double[SAMPLES][surrogate.models()];
        for (int sample = 0; sample < SAMPLES; sample++) {
            for (int model = 0; model < sampled[sample].length; model++) {
                sampled[sample][model] =
                        dot(covariances, solved[sample][model]) + deviation * pointNoise[sample][model];
            }
        }
        return sampled;
    }

    private Value value(double[] standardized) {
        double mu = 0;
        double[] deltas = new double[standardized.length];
        for (int model = 0; model < deltas.length; model++) {
            deltas[model] = surrogate.delta(model, standardized[model]);
            mu += weights[model] * deltas[model];
        }
        Arrays.sort(deltas);
        // R <= epsilon is the same event as: the (allowed + 1)-th smallest delta is at least -alpha.
        int deciding = objective.allowedRegressions();
        double margin = deciding >= deltas.length ? Double.POSITIVE_INFINITY : deltas[deciding] + objective.alpha();
        return new Value(mu, margin);
    }

    private static double[] normals(SplittableRandom random, NormalDistribution normal, int size) {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = normal.inverseCumulativeProbability((random.nextInt(1 << 30) + 0.5) / (1 << 30));
        }
        return values;
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
