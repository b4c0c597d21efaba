package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.special.Erf;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The surrogate of a technique on M models: one prior of all models' deltas, Delta_i(x) = m_i + a_i g(x) + d_i(x),
 * with a Gaussian process g that the models follow, each with a loading a_i, one d_i of its own for each, and noise.
 * Models are correlated through g (an intrinsic coregionalization of rank one plus a diagonal; Bonilla, Chai and Williams
 * 2008), so a trial in which only some models were evaluated says something of the others, too.
 *
 * <p>All d_i have the same length scales, which differ from those of g, and each a variance of its own. The
 * hyperparameters come from the mean over the models and from the deviations from it; what was not evaluated is filled
 * for that, first with the model's and the trial's mean effects, then several times with what the surrogate itself
 * expects, as uncertain as it is. The posterior itself takes what was evaluated only.
 *
 * <p>Where trials failed, one more process (1 complete, 0 not) says where a trial is likely to complete.
 *
 * <p>Trials of earlier studies are observations of functions that are correlated with these ({@link EarlierStudies}).
 *
 * <p>All numbers here are in units of {@link #unit}.
 */
final class FleetSurrogate {
    /** The noise variance of what was not evaluated. */
    static final double UNKNOWN = 1e7;

    /** The least noise, so that equal models and precise results leave a covariance that can be factored. */
    private static final double LEAST_NOISE = 1e-7;

    private static final double LEAST_VARIANCE = 1e-6;
    /** Hyperparameters of the deviations come from at most so many models, the ones that deviate most. */
    private static final int MODELS_FITTED = 8;

    private static final int REFILLS = 3;
    private static final int REFILL_DRAWS = 64;
    private static final int REFILL_SEED = 7;

    private final DeltaTable table;
    private final double[] weights;
    private final double unit;
    private final double[] offsets;
    private final double[] loadings;
    private final double[] ownVariances;
    private final double[] learnedNoise;
    private final MaternKernel commonKernel;
    private final MaternKernel ownKernel;
    private final Optional<GaussianProcess> completion;

    /** The surrogate of a table. */
    static FleetSurrogate fit(CoordinateGroups groups, FleetObjective objective, DeltaTable table) {
        FleetSurrogate surrogate = new FleetSurrogate(groups, objective, table, table);
        for (int round = 0; round < REFILLS && table.anyMissing(); round++) {
            surrogate = new FleetSurrogate(groups, objective, table, surrogate.refilled());
        }
        return surrogate;
    }

    /** The table with what the surrogate expects where nothing was observed, and its variance. */
    private DeltaTable refilled() {
        RandomGenerator random = new Well19937c(REFILL_SEED);
        FleetPosterior posterior = new FleetPosterior(this, table.points, REFILL_DRAWS, random);
        return table.filled((trial, model) -> {
            int first = model * REFILL_DRAWS;
            double[] draws = Arrays.copyOfRange(posterior.values[trial], first, first + REFILL_DRAWS);
            double mean = StatUtils.mean(draws);
            double variance = StatUtils.populationVariance(draws, mean);
            return new DeltaTable.Expected(offsets[model] + unit * mean, unit * unit * variance);
        });
    }

    private FleetSurrogate(CoordinateGroups groups, FleetObjective objective, DeltaTable table, DeltaTable complete) {
        this.table = table;
        this.weights = objective.weights().values().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        FilledDeltas filled = new FilledDeltas(complete);
        this.unit = filled.unit;
        this.loadings = filled.loadings;
        this.offsets = filled.offsets;
        int models = offsets.length;
        GaussianProcess common = GaussianProcess.fit(groups, table.points, filled.means, filled.meanVariances);
        this.commonKernel = common.kernel().times(common.scale() * common.scale());
        this.ownVariances = new double[models];
        this.learnedNoise = new double[models];
        if (models == 1) {
            this.ownKernel = commonKernel;
            Arrays.fill(learnedNoise, common.noiseVariance() * common.scale() * common.scale());
        } else {
            List<Targets> targets = IntStream.range(0, models)
                    .mapToObj(i -> new Targets(filled.deviations[i], filled.deviationVariances[i]))
                    .toList();
            List<Targets> fitted = targets.stream()
                    .sorted((a, b) -> Double.compare(b.scale, a.scale))
                    .limit(MODELS_FITTED)
                    .toList();
            // Equal noise lets all of them share each factorization.
            fitted = Targets.withMeanNoise(fitted);
            GaussianProcess own =
                    GaussianProcess.fitShared(groups, table.points, fitted).get(0);
            double signal = own.kernel().signalVariance();
            this.ownKernel = own.kernel().times(1 / signal);
            // The deviations from the mean of M independent processes have (M - 1) / M of their variance.
            double correction = (double) models / (models - 1);
            for (int i = 0; i < models; i++) {
                double variance = targets.get(i).scale * targets.get(i).scale * correction;
                ownVariances[i] = Math.max(LEAST_VARIANCE, variance * signal);
                learnedNoise[i] = variance * own.noiseVariance();
            }
        }
        this.completion = fitCompletion(groups);
    }

    private FleetSurrogate(FleetSurrogate other, double stretch) {
        this.table = other.table;
        this.weights = other.weights;
        this.unit = other.unit;
        this.offsets = other.offsets;
        this.loadings = other.loadings;
        this.ownVariances = other.ownVariances;
        this.learnedNoise = other.learnedNoise;
        this.commonKernel = other.commonKernel.stretched(stretch);
        this.ownKernel = other.ownKernel == other.commonKernel ? commonKernel : other.ownKernel.stretched(stretch);
        this.completion = other.completion;
    }

    /** The same with length scales times a factor: below 1 it knows less of what lies between the observed points. */
    FleetSurrogate stretched(double factor) {
        return new FleetSurrogate(this, factor);
    }

    private Optional<GaussianProcess> fitCompletion(CoordinateGroups groups) {
        double[] values = new double[table.points.length];
        Arrays.setAll(values, t -> table.failed[t] ? 0 : 1);
        if (Arrays.stream(values).allMatch(value -> value == 1)) {
            return Optional.empty();
        }
        return Optional.of(GaussianProcess.fit(groups, table.points, values, new double[values.length]));
    }

    /** The observed points, those of earlier studies last, [N][D + S]. */
    double[][] points() {
        return table.points;
    }

    /** How many of the observed points are of this study; they come first. */
    int ownTrials() {
        return table.own;
    }

    /** A point [D] as one of this study: [D + S]. */
    double[] placed(double[] point) {
        return Arrays.copyOf(point, commonKernel.groups().dimension());
    }

    /** Whether all models of a trial of this study were evaluated and none failed. */
    boolean complete(int trial) {
        return table.complete[trial];
    }

    boolean anyFeasible() {
        return table.anyFeasible;
    }

    /** M, or M + 1 with the mean of models of other fleets. */
    int models() {
        return offsets.length;
    }

    /** Weights of the M models, summing to 1. */
    double[] weights() {
        return weights;
    }

    /** What 1 is worth, in percent NE. */
    double unit() {
        return unit;
    }

    /** m_i, in percent NE. */
    double offset(int model) {
        return offsets[model];
    }

    /** a_i: how strongly a model follows g. */
    double loading(int model) {
        return loadings[model];
    }

    /** The covariance of g. */
    MaternKernel commonKernel() {
        return commonKernel;
    }

    /** The covariance of d_i, divided by {@link #ownVariance}. */
    MaternKernel ownKernel() {
        return ownKernel;
    }

    /** The variance of d_i; 0 where there is one model only. */
    double ownVariance(int model) {
        return ownVariances[model];
    }

    /** What a model said at the observed points, less m_i, [N]; 0 where it was not evaluated. */
    double[] values(int model) {
        double[] values = new double[table.points.length];
        Arrays.setAll(values, t -> table.observed[t][model] ? (table.deltas[t][model] - offsets[model]) / unit : 0);
        return values;
    }

    /** The variance of the noise of {@link #values}, [N]; {@link #UNKNOWN} where the model was not evaluated. */
    double[] noise(int model) {
        double[] noise = new double[table.points.length];
        Arrays.setAll(
                noise,
                t -> table.observed[t][model]
                        ? LEAST_NOISE + learnedNoise[model] + table.variances[t][model] / unit / unit
                        : UNKNOWN);
        return noise;
    }

    /**
     * Log of the probability that no model fails at a point.
     *
     * @param gradient its derivatives are added to it
     */
    double logProbabilityOfCompletion(double[] point, double[] gradient) {
        if (completion.isEmpty()) {
            return 0;
        }
        GaussianProcess process = completion.get();
        GaussianProcess.PointPosterior posterior = process.posterior(placed(point));
        double spread = process.scale() * Math.sqrt(Math.max(1e-12, posterior.variance()));
        double z = (process.mean() + process.scale() * posterior.mean() - 0.5) / spread;
        double probability = Math.max(1e-12, Erf.erfc(-z / Math.sqrt(2)) / 2);
        double slope = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) / probability;
        for (int d = 0; d < gradient.length; d++) {
            double byVariance = -z / 2 / Math.max(1e-12, posterior.variance());
            gradient[d] += slope
                    * (process.scale() * posterior.meanGradient()[d] / spread
                            + byVariance * posterior.varianceGradient()[d]);
        }
        return Math.log(probability);
    }
}
