package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * What one more trial at a point promises, on a log scale: constrained noisy expected improvement (Letham et al. 2019)
 * in its smooth logarithmic form (Ament et al. 2023, "Unexpected improvements to expected improvement").
 *
 * <p>Feasible means here by a margin: a trial that was run is still known only up to the noise of its models, and can be
 * chosen only where it is surely feasible ({@link ThetaStar#SURE}). The margin is what such a trial needs.
 *
 * <p>Every draw of the posterior has its own incumbent, the best mu of a feasible observed or pending point; a point
 * earns its smoothed improvement times its smoothed feasibility in that draw. While no told trial is feasible, a point
 * earns the probability of being feasible where no pending point is. Both are multiplied by the probability that the
 * trial completes.
 */
final class Acquisition {
    /** Softness of improvement and of feasibility, relative to the spread of mu. */
    private static final double IMPROVEMENT_SOFTNESS = 1e-3;

    private static final double FEASIBILITY_SOFTNESS = 1e-2;
    /** The normal quantile of {@link ThetaStar#SURE}. */
    private static final double SURE_DEVIATIONS = 1.2816;

    private final FleetSurrogate surrogate;
    private final FleetSamples samples;
    private final double improvementUnit;
    private final double feasibilityUnit;
    private final double margin;
    private final double[] incumbent;
    /** The best feasible mu of each draw; negative infinity where there is none. */
    private final double[] attained;

    private final double[] logNoneFeasible;
    private final double[] terms;
    private final double[] byMu;
    private final double[] bySlack;
    private int bestSite;

    /** Draws {@code count} joint samples at the observed and the pending points [p][D]. */
    Acquisition(
            FleetSurrogate surrogate, FleetObjective objective, double[][] pending, int count, RandomGenerator random) {
        this.surrogate = surrogate;
        double[][] observed = surrogate.points();
        double[][] sites = Arrays.copyOf(observed, observed.length + pending.length);
        for (int i = 0; i < pending.length; i++) {
            sites[observed.length + i] = surrogate.placed(pending[i]);
        }
        this.samples = new FleetSamples(surrogate, objective, sites, count, random);
        double spread = surrogate.unit() * Math.sqrt(surrogate.commonKernel().signalVariance());
        this.improvementUnit = IMPROVEMENT_SOFTNESS * spread;
        this.feasibilityUnit = FEASIBILITY_SOFTNESS * spread;
        this.incumbent = new double[count];
        this.attained = new double[count];
        this.logNoneFeasible = new double[count];
        this.terms = new double[count];
        this.byMu = new double[count];
        this.bySlack = new double[count];
        this.margin = SURE_DEVIATIONS * settledDeviation(observed.length);
        walk(sites.length, observed.length);
    }

    /**
     * The lowest tenth, over the complete trials, of the slack's standard deviation: what stays unknown where many trials
     * were run.
     */
    private double settledDeviation(int observed) {
        double[] deviations = IntStream.range(0, observed)
                .filter(surrogate::complete)
                .mapToDouble(site -> {
                    samples.moveToSite(site);
                    return samples.slackDeviation();
                })
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        return deviations.length == 0 ? 0 : deviations[deviations.length / 10];
    }

    /** Finds each draw's incumbent, and how likely it is that no pending point is feasible. */
    private void walk(int sites, int observed) {
        double[] lowest = new double[incumbent.length];
        double largest = Double.NEGATIVE_INFINITY;
        Arrays.fill(incumbent, Double.NEGATIVE_INFINITY);
        Arrays.fill(lowest, Double.POSITIVE_INFINITY);
        for (int site = 0; site < sites; site++) {
            if (site >= surrogate.ownTrials() && site < observed) {
                continue;
            }
            samples.moveToSite(site);
            boolean usable = site >= observed || surrogate.complete(site);
            double promise = site < observed && usable ? promise() : Double.NEGATIVE_INFINITY;
            bestSite = promise > largest ? site : bestSite;
            largest = Math.max(largest, promise);
            for (int s = 0; s < incumbent.length; s++) {
                lowest[s] = Math.min(lowest[s], samples.mu[s]);
                if (usable && samples.slack[s] >= margin) {
                    incumbent[s] = Math.max(incumbent[s], samples.mu[s]);
                }
                logNoneFeasible[s] += site < observed ? 0 : logSigmoid((margin - samples.slack[s]) / feasibilityUnit);
            }
        }
        System.arraycopy(incumbent, 0, attained, 0, incumbent.length);
        for (int s = 0; s < incumbent.length; s++) {
            // A draw without a feasible site: any feasible point improves on the worst.
            incumbent[s] = incumbent[s] == Double.NEGATIVE_INFINITY ? lowest[s] : incumbent[s];
        }
    }

    /** The mean of mu where the current site is feasible in half of the draws; else less, the more often it is the more. */
    private double promise() {
        double feasible = samples.feasibleShare();
        return feasible >= 0.5 ? samples.meanMu() : -Double.MAX_VALUE * (1 - feasible);
    }

    /** The observed site around which to look for better ones. */
    int bestSite() {
        return bestSite;
    }

    /** Log acquisition at an encoded point; larger is better. */
    double at(double[] point) {
        return terms(point) + surrogate.logProbabilityOfCompletion(point, new double[0]);
    }

    /**
     * Log acquisition at an encoded point, with its gradient.
     *
     * @param gradient filled with the D derivatives
     */
    double at(double[] point, double[] gradient) {
        double value = terms(point);
        Arrays.fill(gradient, 0);
        for (int s = 0; s < terms.length; s++) {
            double share = Math.exp(terms[s] - value) / terms.length;
            bySlack[s] = share * sigmoid((margin - samples.slack[s]) / feasibilityUnit) / feasibilityUnit;
            byMu[s] = surrogate.anyFeasible()
                    ? share * logSoftplusSlope((samples.mu[s] - incumbent[s]) / improvementUnit) / improvementUnit
                    : 0;
        }
        samples.addGradient(byMu, bySlack, gradient);
        return value + surrogate.logProbabilityOfCompletion(point, gradient);
    }

    /**
     * The gain that a trial at an encoded point is expected to bring, in percent NE: the mean over the draws of how far mu
     * exceeds the best feasible observed or pending mu, where the point is feasible; times the probability that the trial
     * completes. A technique that is not adopted gains 0, so the best counts as 0 at least.
     */
    double expectedGain(double[] point) {
        samples.moveTo(point);
        double sum = 0;
        for (int s = 0; s < attained.length; s++) {
            sum += samples.slack[s] >= margin ? Math.max(0, samples.mu[s] - Math.max(0, attained[s])) : 0;
        }
        double mean = sum / attained.length;
        if (!Double.isFinite(mean)) {
            throw new SurrogateException("the expected gain is " + mean + " at " + Arrays.toString(point));
        }
        return mean * Math.exp(surrogate.logProbabilityOfCompletion(point, new double[0]));
    }

    private double terms(double[] point) {
        samples.moveTo(point);
        for (int s = 0; s < terms.length; s++) {
            double feasible = logSigmoid((samples.slack[s] - margin) / feasibilityUnit);
            terms[s] = feasible
                    + (surrogate.anyFeasible()
                            ? logSoftplus((samples.mu[s] - incumbent[s]) / improvementUnit)
                            : logNoneFeasible[s]);
        }
        double value = logMeanExp(terms);
        if (Double.isNaN(value)) {
            throw new SurrogateException("the acquisition is not a number at " + Arrays.toString(point));
        }
        return value;
    }

    private static double sigmoid(double x) {
        return x > 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
    }

    /** The derivative of {@link #logSoftplus}. */
    private static double logSoftplusSlope(double x) {
        if (x < -30) {
            return 1;
        }
        return sigmoid(x) / (x > 30 ? x : Math.log1p(Math.exp(x)));
    }

    /** log(1 / (1 + exp(-x))). */
    static double logSigmoid(double x) {
        return x > 0 ? -Math.log1p(Math.exp(-x)) : x - Math.log1p(Math.exp(x));
    }

    /** log(log(1 + exp(x))). */
    static double logSoftplus(double x) {
        if (x < -30) {
            return x;
        }
        return Math.log(x > 30 ? x : Math.log1p(Math.exp(x)));
    }

    static double logMeanExp(double[] values) {
        double largest = Arrays.stream(values).max().orElseThrow();
        if (Double.isInfinite(largest)) {
            return largest;
        }
        double sum = 0;
        for (double value : values) {
            sum += Math.exp(value - largest);
        }
        return largest + Math.log(sum / values.length);
    }
}
