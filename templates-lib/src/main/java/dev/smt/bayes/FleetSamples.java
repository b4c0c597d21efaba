package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * S joint draws of all models' deltas at the observed and pending points, and at any one more point. For each draw: mu,
 * and the slack of the constraint: R is at most epsilon exactly where the (r + 1)-th smallest delta is at least -alpha,
 * r being the number of regressions that are allowed; the slack is that delta + alpha. Not for several threads.
 *
 * <p>The normal numbers are drawn once, so that the draws are a fixed function of the point, with gradients. Those of the
 * one more point are a scrambled Sobol sequence over the models.
 */
final class FleetSamples {
    private static final NormalDistribution NORMAL = new NormalDistribution();

    private final FleetSurrogate surrogate;
    private final FleetPosterior posterior;
    private final double alpha;
    private final int allowed;
    private final double[] weights;
    private final int samples;
    /** Of g, [S], and of d_i, [M * S]. */
    private final double[] commonNormals;

    private final double[] ownNormals;
    /** The sum over the models of w_i a_i. */
    private final double meanLoading;
    /** The sum over the models of w_i times the coefficients of d_i, [n][S]. */
    private final double[][] meanCoefficients;

    private final double[] deltas;
    private final double[] common;
    private final double[] smallest;
    private final int[] smallestModels;
    /** The model whose delta is the slack's, by draw. */
    private final int[] deciding;

    private final SiteConditional commonConditional;
    private final SiteConditional ownConditional;

    /** mu of the S draws at the current point, in percent NE. */
    final double[] mu;
    /** Slack of the S draws at the current point, in percent NE; positive infinity where R can't exceed epsilon. */
    final double[] slack;

    FleetSamples(
            FleetSurrogate surrogate, FleetObjective objective, double[][] sites, int samples, RandomGenerator random) {
        this.surrogate = surrogate;
        this.posterior = new FleetPosterior(surrogate, sites, samples, random);
        this.alpha = objective.alpha();
        this.allowed = objective.allowedRegressions();
        this.weights = surrogate.weights();
        this.samples = samples;
        this.meanLoading = IntStream.range(0, weights.length)
                .mapToDouble(i -> weights[i] * surrogate.loading(i))
                .sum();
        int models = weights.length;
        this.commonNormals = new double[samples];
        this.ownNormals = new double[models * samples];
        drawNormals(random);
        this.meanCoefficients = new double[sites.length][samples];
        for (int site = 0; site < sites.length; site++) {
            for (int i = 0; i < models; i++) {
                for (int s = 0; s < samples; s++) {
                    meanCoefficients[site][s] += weights[i] * posterior.ownCoefficients[site][i * samples + s];
                }
            }
        }
        this.deltas = new double[models * samples];
        this.common = new double[samples];
        this.smallest = new double[Math.min(allowed + 1, models)];
        this.smallestModels = new int[smallest.length];
        this.deciding = new int[samples];
        this.commonConditional = new SiteConditional(surrogate.commonKernel(), sites, posterior.commonFactor);
        this.ownConditional = surrogate.ownKernel() == surrogate.commonKernel()
                ? commonConditional
                : new SiteConditional(surrogate.ownKernel(), sites, posterior.ownFactor);
        this.mu = new double[samples];
        this.slack = new double[samples];
    }

    private void drawNormals(RandomGenerator random) {
        int dimension = Math.min(weights.length + 1, 1000);
        ScrambledSobol sobol = new ScrambledSobol(dimension, new int[] {random.nextInt(), random.nextInt()});
        for (int s = 0; s < samples; s++) {
            double[] point = sobol.point(s);
            commonNormals[s] = normal(point[0]);
            for (int i = 0; i < weights.length; i++) {
                ownNormals[i * samples + s] = i + 1 < dimension ? normal(point[i + 1]) : random.nextGaussian();
            }
        }
    }

    private static double normal(double uniform) {
        return NORMAL.inverseCumulativeProbability(Math.max(1e-9, Math.min(1 - 1e-9, uniform)));
    }

    /** Fills {@link #mu} and {@link #slack} for a site. */
    void moveToSite(int site) {
        // Models of other fleets are last, and left out.
        System.arraycopy(posterior.values[site], 0, deltas, 0, deltas.length);
        finish();
    }

    /** Fills {@link #mu} and {@link #slack} for any point. */
    void moveTo(double[] point) {
        double[] placed = surrogate.placed(point);
        commonConditional.moveTo(placed);
        continueFrom(commonConditional, posterior.commonCoefficients, commonNormals, 1, common);
        if (surrogate.models() > 1) {
            if (ownConditional != commonConditional) {
                ownConditional.moveTo(placed);
            }
            continueFrom(ownConditional, posterior.ownCoefficients, ownNormals, 0, deltas);
        } else {
            Arrays.fill(deltas, 0);
        }
        double residual = ownConditional.residual();
        for (int i = 0; i < weights.length; i++) {
            double deviation = Math.sqrt(surrogate.ownVariance(i)) * residual;
            double loading = surrogate.loading(i);
            for (int s = 0; s < samples; s++) {
                deltas[i * samples + s] += loading * common[s] + deviation * ownNormals[i * samples + s];
            }
        }
        finish();
    }

    private static void continueFrom(
            SiteConditional conditional, double[][] coefficients, double[] normals, double scale, double[] into) {
        double residual = scale * conditional.residual();
        for (int j = 0; j < into.length; j++) {
            into[j] = residual * normals[j];
        }
        for (int site = 0; site < coefficients.length; site++) {
            double covariance = conditional.covariance(site);
            double[] row = coefficients[site];
            for (int j = 0; j < into.length; j++) {
                into[j] += covariance * row[j];
            }
        }
    }

    private void finish() {
        double unit = surrogate.unit();
        Arrays.fill(mu, 0);
        for (int i = 0; i < weights.length; i++) {
            double offset = surrogate.offset(i);
            for (int s = 0; s < samples; s++) {
                double delta = offset + unit * deltas[i * samples + s];
                deltas[i * samples + s] = delta;
                mu[s] += weights[i] * delta;
            }
        }
        if (allowed >= weights.length) {
            Arrays.fill(slack, Double.POSITIVE_INFINITY);
            return;
        }
        for (int s = 0; s < samples; s++) {
            Arrays.fill(smallest, Double.POSITIVE_INFINITY);
            for (int i = 0; i < weights.length; i++) {
                insert(deltas[i * samples + s], i);
            }
            slack[s] = smallest[allowed] + alpha;
            deciding[s] = smallestModels[allowed];
        }
    }

    /** Keeps the smallest values seen, in ascending order. */
    private void insert(double value, int model) {
        int at = smallest.length - 1;
        if (value >= smallest[at]) {
            return;
        }
        while (at > 0 && smallest[at - 1] > value) {
            smallest[at] = smallest[at - 1];
            smallestModels[at] = smallestModels[at - 1];
            at--;
        }
        smallest[at] = value;
        smallestModels[at] = model;
    }

    /** The mean of mu at the current point, in percent NE. */
    double meanMu() {
        return mean(mu);
    }

    /** The standard deviation of mu at the current point, in percent NE. */
    double muDeviation() {
        return deviation(mu);
    }

    /** The standard deviation of the slack at the current point, in percent NE; NaN where it is infinite. */
    double slackDeviation() {
        return deviation(slack);
    }

    /** The share of the draws in which the current point is feasible. */
    double feasibleShare() {
        return (double) Arrays.stream(slack).filter(value -> value >= 0).count() / samples;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        return Math.sqrt(Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow());
    }

    /** The share of the draws in which each model regresses at the current point, [M]. */
    double[] regressionShares() {
        double[] shares = new double[weights.length];
        for (int i = 0; i < shares.length; i++) {
            for (int s = 0; s < samples; s++) {
                shares[i] += deltas[i * samples + s] < -alpha ? 1.0 / samples : 0;
            }
        }
        return shares;
    }

    /**
     * Adds the gradient, by the current point's coordinates, of a function of the draws.
     *
     * @param byMu its derivatives by mu, [S]
     * @param bySlack its derivatives by the slack, [S]; of no meaning where the slack is infinite
     * @param gradient [D]
     */
    void addGradient(double[] byMu, double[] bySlack, double[] gradient) {
        double unit = surrogate.unit();
        boolean constrained = allowed < weights.length;
        double[] byCommon = new double[samples];
        double commonResidual = 0;
        double ownResidual = 0;
        for (int s = 0; s < samples; s++) {
            byCommon[s] =
                    unit * (meanLoading * byMu[s] + (constrained ? surrogate.loading(deciding[s]) * bySlack[s] : 0));
            commonResidual += byCommon[s] * commonNormals[s];
            double own = constrained ? bySlack[s] * ownPart(deciding[s], s) : 0;
            for (int i = 0; i < weights.length; i++) {
                own += byMu[s] * weights[i] * ownPart(i, s);
            }
            ownResidual += unit * own;
        }
        double[] commonPulls = new double[posterior.sites.length];
        double[] ownPulls = new double[posterior.sites.length];
        for (int site = 0; site < commonPulls.length; site++) {
            double[] commonRow = posterior.commonCoefficients[site];
            double[] meanRow = meanCoefficients[site];
            double[] ownRow = posterior.ownCoefficients[site];
            for (int s = 0; s < samples; s++) {
                commonPulls[site] += byCommon[s] * commonRow[s];
                ownPulls[site] += unit * byMu[s] * meanRow[s];
                if (constrained) {
                    ownPulls[site] += unit * bySlack[s] * ownRow[deciding[s] * samples + s];
                }
            }
        }
        commonConditional.addGradient(commonPulls, commonResidual, gradient);
        if (surrogate.models() > 1) {
            ownConditional.addGradient(ownPulls, ownResidual, gradient);
        }
    }

    private double ownPart(int model, int sample) {
        return Math.sqrt(surrogate.ownVariance(model)) * ownNormals[model * samples + sample];
    }
}
