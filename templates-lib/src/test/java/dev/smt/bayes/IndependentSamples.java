package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * Draws of the deltas of M models from M independent posteriors, and what a point would improve. Where trials failed,
 * one more process (1 complete, 0 not) is drawn as if it were a model that must be at least one half.
 */
final class IndependentSamples {
    private static final int SAMPLES = 128;
    private static final double IMPROVEMENT_SOFTNESS = 1e-3;
    private static final double FEASIBILITY_SOFTNESS = 1e-2;
    /** Relative to the signal variance: keeps a smooth kernel's matrix away from singular. */
    private static final double NUGGET = 1e-6;

    private final FleetObjective objective;
    private final DeltaTable table;
    private final double[] weights;
    private final double unit;
    private final List<FunctionSamples> functions = new ArrayList<>();
    private final List<SiteConditional> conditionals = new ArrayList<>();
    private final double[][] values;
    private final double[] sorted;
    private final double[] mu = new double[SAMPLES];
    private final double[] slack = new double[SAMPLES];
    private final double[] incumbent = new double[SAMPLES];
    private final double[] terms = new double[SAMPLES];

    IndependentSamples(FleetObjective objective, DeltaTable table, RandomGenerator random) {
        this.objective = objective;
        this.table = table;
        this.weights = objective.weights().values().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        int sites = table.points.length;
        boolean anyFailed = false;
        double[] completion = new double[sites];
        double[] observedMu = new double[sites];
        for (int t = 0; t < sites; t++) {
            completion[t] = table.complete[t] ? 1 : 0;
            anyFailed |= !table.complete[t];
            for (int i = 0; i < weights.length; i++) {
                observedMu[t] += weights[i] * table.deltas[t][i];
            }
        }
        this.unit = new Targets(observedMu, new double[sites]).scale;
        for (int i = 0; i < weights.length; i++) {
            int model = i;
            add(column(table.deltas, model), column(table.variances, model), random);
        }
        if (anyFailed) {
            add(completion, new double[sites], random);
        }
        this.values = new double[functions.size()][SAMPLES];
        this.sorted = new double[weights.length];
        findIncumbents();
    }

    private static double[] column(double[][] rows, int column) {
        return Arrays.stream(rows).mapToDouble(row -> row[column]).toArray();
    }

    private void add(double[] targets, double[] variances, RandomGenerator random) {
        GaussianProcess process = GaussianProcess.fit(table.points, targets, variances);
        functions.add(new FunctionSamples(process, table.points, SAMPLES, random));
        conditionals.add(new SiteConditional(process.kernel(), table.points, factor(process.kernel())));
    }

    private Cholesky factor(MaternKernel kernel) {
        double[][] points = table.points;
        double[][] covariance = new double[points.length][points.length];
        for (int i = 0; i < points.length; i++) {
            for (int j = 0; j < points.length; j++) {
                covariance[i][j] = kernel.covariance(points[i], points[j]);
            }
        }
        return Cholesky.of(covariance, NUGGET * kernel.signalVariance());
    }

    private void findIncumbents() {
        double[] lowest = new double[SAMPLES];
        Arrays.fill(lowest, Double.POSITIVE_INFINITY);
        Arrays.fill(incumbent, Double.NEGATIVE_INFINITY);
        for (int site = 0; site < table.points.length; site++) {
            for (int f = 0; f < functions.size(); f++) {
                functions.get(f).atSite(site, values[f]);
            }
            summarize();
            for (int s = 0; s < SAMPLES; s++) {
                lowest[s] = Math.min(lowest[s], mu[s]);
                boolean feasible = table.complete[site] && slack[s] >= 0;
                incumbent[s] = feasible ? Math.max(incumbent[s], mu[s]) : incumbent[s];
            }
        }
        for (int s = 0; s < SAMPLES; s++) {
            incumbent[s] = Double.isInfinite(incumbent[s]) ? lowest[s] : incumbent[s];
        }
    }

    /** Log of the expected improvement of mu where feasible; of the probability of feasibility while nothing is. */
    double logImprovement(double[] point) {
        for (int f = 0; f < functions.size(); f++) {
            conditionals.get(f).moveTo(point);
            functions.get(f).at(conditionals.get(f), values[f]);
        }
        summarize();
        for (int s = 0; s < SAMPLES; s++) {
            terms[s] = Acquisition.logSigmoid(slack[s] / unit / FEASIBILITY_SOFTNESS);
            if (table.anyFeasible) {
                terms[s] += Acquisition.logSoftplus((mu[s] - incumbent[s]) / unit / IMPROVEMENT_SOFTNESS);
            }
        }
        return Acquisition.logMeanExp(terms);
    }

    private void summarize() {
        for (int s = 0; s < SAMPLES; s++) {
            mu[s] = 0;
            for (int i = 0; i < weights.length; i++) {
                sorted[i] = values[i][s];
                mu[s] += weights[i] * values[i][s];
            }
            Arrays.sort(sorted);
            slack[s] = sorted[objective.allowedRegressions()] + objective.alpha();
            if (functions.size() > weights.length) {
                slack[s] = Math.min(slack[s], unit * (values[weights.length][s] - 0.5));
            }
        }
    }
}
