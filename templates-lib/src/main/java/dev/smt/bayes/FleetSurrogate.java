package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.special.Erf;

/**
 * The surrogate of a technique on M models: Gaussian processes of the per-model deltas, from which the objective mu and
 * the constraint R at most epsilon are computed draw by draw.
 *
 * <p>A technique moves most models the same way, so the deltas are not independent; M independent processes would make
 * the spread of mu too small by up to the square root of M, and stop exploring. Delta_i is therefore mu + d_i: one
 * process for mu = sum of w_i Delta_i, and one for each model's deviation d_i from it; the deviations share their
 * length scales. Their weighted sum is 0, which is put back into every draw.
 *
 * <p>Where trials failed, one more process (1 complete, 0 not) says where a trial is likely to complete.
 */
final class FleetSurrogate {
    private final double[][] points;
    private final boolean[] complete;
    private final boolean anyFeasible;
    private final double[] weights;
    private final GaussianProcess mean;
    private final List<GaussianProcess> deviations;
    private final Optional<GaussianProcess> completion;

    FleetSurrogate(FleetObjective objective, DeltaTable table) {
        this.points = table.points;
        this.complete = table.complete;
        this.anyFeasible = table.anyFeasible;
        this.weights = objective.weights().values().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        double[] mu = new double[points.length];
        double[] muVariance = new double[points.length];
        for (int t = 0; t < points.length; t++) {
            for (int i = 0; i < weights.length; i++) {
                mu[t] += weights[i] * table.deltas[t][i];
                muVariance[t] += weights[i] * weights[i] * table.variances[t][i];
            }
        }
        this.mean = GaussianProcess.fit(points, mu, muVariance);
        this.deviations = weights.length == 1 ? List.of() : fitDeviations(table, mu, muVariance);
        this.completion = fitCompletion();
    }

    private List<GaussianProcess> fitDeviations(DeltaTable table, double[] mu, double[] muVariance) {
        List<Targets> targets = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            double[] deviation = new double[points.length];
            double[] variance = new double[points.length];
            for (int t = 0; t < points.length; t++) {
                deviation[t] = table.deltas[t][i] - mu[t];
                // Var(Delta_i - mu), the errors of different models being independent.
                variance[t] = Math.max(0, (1 - 2 * weights[i]) * table.variances[t][i] + muVariance[t]);
            }
            targets.add(new Targets(deviation, variance));
        }
        return GaussianProcess.fitShared(points, targets);
    }

    private Optional<GaussianProcess> fitCompletion() {
        double[] values = new double[complete.length];
        Arrays.setAll(values, t -> complete[t] ? 1 : 0);
        if (Arrays.stream(values).allMatch(value -> value == 1)) {
            return Optional.empty();
        }
        return Optional.of(GaussianProcess.fit(points, values, new double[values.length]));
    }

    /** The observed points, [N][D]. */
    double[][] points() {
        return points;
    }

    boolean complete(int trial) {
        return complete[trial];
    }

    boolean anyFeasible() {
        return anyFeasible;
    }

    /** Weights of the M models, summing to 1. */
    double[] weights() {
        return weights;
    }

    GaussianProcess mean() {
        return mean;
    }

    List<GaussianProcess> deviations() {
        return deviations;
    }

    /** Log of the probability that no model fails at a point. */
    double logProbabilityOfCompletion(double[] point) {
        if (completion.isEmpty()) {
            return 0;
        }
        GaussianProcess process = completion.get();
        GaussianProcess.Posterior posterior = process.posterior(new double[][] {point});
        double centre = process.mean() + process.scale() * posterior.mean[0] - 0.5;
        double spread = process.scale() * Math.sqrt(Math.max(1e-12, posterior.covariance[0][0]));
        return Math.log(Math.max(1e-12, Erf.erfc(-centre / spread / Math.sqrt(2)) / 2));
    }
}
