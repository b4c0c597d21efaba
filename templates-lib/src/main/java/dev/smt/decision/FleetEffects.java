package dev.smt.decision;

import dev.smt.metric.FleetObjective;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * The posterior of a technique's true effects on the models: estimate_i is normal around effect_i, and effect_i is normal around what all models have in common (Gelman et al. 2013, "Bayesian Data Analysis", Section 5.4). The common
 * mean has a flat prior, the spread between models a half-Cauchy one of the size of the errors. So a model is believed to
 * differ from the others as far as its own error allows, and the spread between models is learned. An estimate's error is
 * known but for the training's part, which is drawn from its own posterior.
 *
 * <p>It is given as draws, which are the same for the same estimates.
 */
final class FleetEffects {
    private static final int SPREADS = 200;
    private static final int DRAWS = 2000;
    /** Of the next model's probabilities: one takes as long as a hundred draws. */
    private static final int QUANTILES = 200;

    private static final int SEED = 20;
    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    private final FleetObjective objective;
    private final List<EffectEstimate> estimates;
    /** Means of the deltas, [M]. */
    private final double[] centres;

    private final double[] spreads = new double[SPREADS];
    private final double[] cumulative = new double[SPREADS];
    /** mu, [draws]. */
    private final double[] mu = new double[DRAWS];
    /** Of all draws that there could be; a few of the drawn ones may be far away. */
    private double muMean;
    /** R, [draws]. */
    private final double[] rate = new double[DRAWS];
    /** How often each model regresses, [M]. */
    private final double[] regressing;
    /** Where a regression begins, in spreads from the common mean, [draws]. */
    private final double[] next = new double[DRAWS];

    /**
     * A posterior.
     *
     * @param estimates one per model of the objective, in its order
     */
    FleetEffects(FleetObjective objective, List<EffectEstimate> estimates) {
        List<String> ids = estimates.stream().map(EffectEstimate::modelId).toList();
        if (!ids.equals(objective.models())) {
            throw new IllegalArgumentException("estimates of " + ids + "; expected of " + objective.models());
        }
        this.objective = objective;
        this.estimates = List.copyOf(estimates);
        this.centres = estimates.stream().mapToDouble(EffectEstimate::mean).toArray();
        this.regressing = new double[estimates.size()];
        weighSpreads();
        draw(new Well19937c(SEED));
    }

    private void weighSpreads() {
        double scale = Math.max(
                Math.sqrt(estimates.stream()
                        .mapToDouble(e -> e.standardError() * e.standardError())
                        .average()
                        .orElseThrow()),
                1e-3 * Math.max(objective.alpha(), 1e-3));
        double[] errors = errors(1);
        double[] logs = new double[SPREADS];
        for (int k = 0; k < SPREADS; k++) {
            spreads[k] = scale * Math.tan(Math.PI / 2 * (k + 0.5) / SPREADS);
            Common common = common(errors, spreads[k]);
            double log = Math.log(common.deviation());
            for (int i = 0; i < errors.length; i++) {
                double variance = errors[i] * errors[i] + spreads[k] * spreads[k];
                double step = centres[i] - common.mean();
                log -= 0.5 * (Math.log(variance) + step * step / variance);
            }
            logs[k] = log;
        }
        double largest = Arrays.stream(logs).max().orElseThrow();
        double sum = 0;
        for (int k = 0; k < SPREADS; k++) {
            sum += Math.exp(logs[k] - largest);
            cumulative[k] = sum;
        }
        for (int k = 0; k < SPREADS; k++) {
            cumulative[k] /= sum;
        }
    }

    private record Common(double mean, double deviation) {}

    /** The posterior of the common mean, given the spread between models. */
    private Common common(double[] errors, double spread) {
        double precision = 0;
        double sum = 0;
        for (int i = 0; i < errors.length; i++) {
            double variance = errors[i] * errors[i] + spread * spread;
            precision += 1 / variance;
            sum += centres[i] / variance;
        }
        return new Common(sum / precision, 1 / Math.sqrt(precision));
    }

    private double[] errors(double seedFactor) {
        double[] errors = new double[estimates.size()];
        for (int i = 0; i < errors.length; i++) {
            errors[i] = estimates.get(i).standardError(seedFactor);
        }
        return errors;
    }

    private void draw(RandomGenerator random) {
        double[] weights = objective.weights().values().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        DoubleSupplier seedFactors =
                EffectEstimates.seedFactors(estimates.get(0).seedDegrees(), random);
        for (int d = 0; d < DRAWS; d++) {
            int at = Arrays.binarySearch(cumulative, (d + 0.5) / DRAWS);
            int k = Math.min(SPREADS - 1, at < 0 ? -at - 1 : at);
            double spread = spreads[k];
            double[] errors = errors(seedFactors.getAsDouble());
            Common common = common(errors, spread);
            double mean = common.mean() + common.deviation() * random.nextGaussian();
            int regressions = 0;
            for (int i = 0; i < weights.length; i++) {
                double own = spread * spread / (errors[i] * errors[i] + spread * spread);
                double effect =
                        own * centres[i] + (1 - own) * mean + errors[i] * Math.sqrt(own) * random.nextGaussian();
                muMean += weights[i] * (own * centres[i] + (1 - own) * common.mean()) / DRAWS;
                mu[d] += weights[i] * effect;
                if (effect < -objective.alpha()) {
                    regressions++;
                    regressing[i] += 1.0 / DRAWS;
                }
            }
            rate[d] = (double) regressions / weights.length;
            next[d] = (-objective.alpha() - mean) / spread;
        }
    }

    /** mu over the models, in percent NE. */
    Interval mu() {
        return Interval.of(mu, muMean);
    }

    /** R over the models. */
    Interval regressionRate() {
        return Interval.of(rate);
    }

    /** How likely one more model, drawn like these, is to regress. */
    Interval nextRegression() {
        double[] limits = next.clone();
        Arrays.sort(limits);
        double[] quantiles = new double[QUANTILES];
        Arrays.setAll(quantiles, q -> NORMAL.cumulativeProbability(limits[(2 * q + 1) * DRAWS / QUANTILES / 2]));
        return Interval.of(quantiles);
    }

    /** Probability that R is at most epsilon. */
    double feasibility() {
        return share(false);
    }

    /** Probability that R is at most epsilon and mu at least tau. */
    double acceptance() {
        return share(true);
    }

    private double share(boolean enough) {
        int allowed = objective.allowedRegressions();
        int count = 0;
        for (int d = 0; d < DRAWS; d++) {
            boolean feasible = Math.round(rate[d] * estimates.size()) <= allowed;
            count += feasible && (!enough || mu[d] >= objective.tau()) ? 1 : 0;
        }
        return (double) count / DRAWS;
    }

    /** Probability that each model regresses. */
    Map<String, Double> regressions() {
        Map<String, Double> byModel = new LinkedHashMap<>();
        for (int i = 0; i < regressing.length; i++) {
            byModel.put(estimates.get(i).modelId(), regressing[i]);
        }
        return byModel;
    }
}
