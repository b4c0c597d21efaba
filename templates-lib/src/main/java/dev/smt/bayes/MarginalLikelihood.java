package dev.smt.bayes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The log marginal likelihood of one or several sets of targets under the same hyperparameters, with its exact gradient
 * (Rasmussen and Williams 2006, Eq. 2.30 and 5.9). Targets with equal noise share one factorization. Not safe for
 * several threads.
 */
final class MarginalLikelihood {
    /** Added to the diagonal of a covariance of standardized values, the first that works. */
    static final double[] JITTERS = {0, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3};

    private static final double LOG_2_PI = Math.log(2 * Math.PI);

    private final CoordinateGroups groups;
    private final Replicates replicates;
    private final int n;
    private final KernelMatrix covariances;
    private final List<List<Targets>> byNoise;
    private final double[] weights;

    MarginalLikelihood(CoordinateGroups groups, double[][] points, List<Targets> targets) {
        this.groups = groups;
        this.replicates = new Replicates(points, groups.dimension());
        targets.forEach(replicates::requireOneEach);
        this.n = replicates.sites().length;
        this.covariances = new KernelMatrix(groups, replicates.sites());
        this.byNoise = byNoise(targets);
        this.weights = new double[n * n];
    }

    private static List<List<Targets>> byNoise(List<Targets> targets) {
        List<List<Targets>> groups = new ArrayList<>();
        for (Targets target : targets) {
            List<Targets> equal = groups.stream()
                    .filter(group -> Arrays.equals(group.get(0).noiseVariances, target.noiseVariances))
                    .findFirst()
                    .orElse(List.of());
            if (equal.isEmpty()) {
                groups.add(new ArrayList<>(List.of(target)));
            } else {
                equal.add(target);
            }
        }
        return groups;
    }

    /**
     * The sum of the targets' log marginal likelihoods.
     *
     * @param logs natural logarithms: K length scales, signal variance, variance of the learned noise
     * @param gradient filled with the K + 2 derivatives by {@code logs}
     * @throws SurrogateException when a covariance is not positive definite even with jitter
     */
    double at(double[] logs, double[] gradient) {
        int noiseAt = groups.lengthScales() + 1;
        double noise = Math.exp(logs[noiseAt]);
        covariances.fill(new MaternKernel(groups, Arrays.copyOf(logs, noiseAt)));
        Arrays.fill(gradient, 0);
        Arrays.fill(weights, 0);
        double value = 0;
        double noiseSlope = 0;
        for (List<Targets> equal : byNoise) {
            Sum sum = sumOf(equal, noise);
            value += sum.value;
            noiseSlope += sum.noiseSlope;
        }
        covariances.addDerivatives(weights, gradient);
        gradient[noiseAt] = noise * noiseSlope;
        return value;
    }

    /** Summed over targets: log marginal likelihoods, and their derivatives by the learned noise variance. */
    private record Sum(double value, double noiseSlope) {}

    /** Targets with equal noise; adds (alpha alpha' - A^-1) / 2 of each to the weights. */
    private Sum sumOf(List<Targets> equal, double noise) {
        int m = equal.size();
        Replicates.Merged first = replicates.merge(equal.get(0), noise);
        Cholesky factor = Cholesky.of(covariances.values(), first.variances, JITTERS);
        double[] inverse = factor.inverse();
        addInverse(inverse, -m / 2.0);
        double value = -m * (factor.logDeterminant() + n * LOG_2_PI) / 2;
        double noiseSlope = 0;
        for (int i = 0; i < n; i++) {
            noiseSlope -= m * inverse[i * n + i] * first.varianceSlopes[i] / 2;
        }
        for (Targets target : equal) {
            Replicates.Merged merged = target == equal.get(0) ? first : replicates.merge(target, noise);
            double[] alpha = factor.solve(merged.values);
            value += merged.logFactor;
            noiseSlope += merged.logFactorSlope;
            for (int i = 0; i < n; i++) {
                value -= alpha[i] * merged.values[i] / 2;
                noiseSlope += alpha[i] * (alpha[i] * merged.varianceSlopes[i] / 2 - merged.valueSlopes[i]);
            }
            addOuter(alpha);
        }
        return new Sum(value, noiseSlope);
    }

    private void addInverse(double[] inverse, double times) {
        for (int i = 0; i < n; i++) {
            for (int j = i * n; j <= i * n + i; j++) {
                weights[j] += times * inverse[j];
            }
        }
    }

    private void addOuter(double[] alpha) {
        for (int i = 0; i < n; i++) {
            double half = alpha[i] / 2;
            int row = i * n;
            for (int j = 0; j <= i; j++) {
                weights[row + j] += half * alpha[j];
            }
        }
    }
}
