package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * S joint draws of all models' deltas at the observed and pending points, and at any one more point. For each draw: mu,
 * and the slack of the constraint: R is at most epsilon exactly where the (r + 1)-th smallest delta is at least -alpha,
 * r being the number of regressions that are allowed; the slack is that delta + alpha.
 */
final class FleetSamples {
    private final double alpha;
    private final int allowed;
    private final double[] weights;
    private final SiteConditional meanConditional;
    private final SiteConditional deviationConditional;
    private final FunctionSamples mean;
    private final List<FunctionSamples> deviations = new ArrayList<>();
    private final double[][] deviationValues;
    private final double[] smallest;

    /** mu of the S draws at the current point, in percent NE. */
    final double[] mu;
    /** Slack of the S draws at the current point, in percent NE; positive infinity where R can't exceed epsilon. */
    final double[] slack;

    FleetSamples(
            FleetSurrogate surrogate, FleetObjective objective, double[][] sites, int samples, RandomGenerator random) {
        this.alpha = objective.alpha();
        this.allowed = objective.allowedRegressions();
        this.weights = surrogate.weights();
        this.meanConditional = new SiteConditional(surrogate.mean().kernel(), sites);
        this.mean = new FunctionSamples(surrogate.mean(), sites, samples, random);
        for (GaussianProcess deviation : surrogate.deviations()) {
            deviations.add(new FunctionSamples(deviation, sites, samples, random));
        }
        this.deviationConditional = deviations.isEmpty()
                ? meanConditional
                : new SiteConditional(surrogate.deviations().get(0).kernel(), sites);
        this.deviationValues = new double[weights.length][samples];
        this.smallest = new double[Math.min(allowed + 1, weights.length)];
        this.mu = new double[samples];
        this.slack = new double[samples];
    }

    /** Fills {@link #mu} and {@link #slack} for a site. */
    void moveToSite(int site) {
        mean.atSite(site, mu);
        for (int i = 0; i < deviations.size(); i++) {
            deviations.get(i).atSite(site, deviationValues[i]);
        }
        fillSlack();
    }

    /** Fills {@link #mu} and {@link #slack} for any point. */
    void moveTo(double[] point) {
        meanConditional.moveTo(point);
        mean.at(meanConditional, mu);
        if (!deviations.isEmpty()) {
            deviationConditional.moveTo(point);
        }
        for (int i = 0; i < deviations.size(); i++) {
            deviations.get(i).at(deviationConditional, deviationValues[i]);
        }
        fillSlack();
    }

    private void fillSlack() {
        if (allowed >= weights.length) {
            Arrays.fill(slack, Double.POSITIVE_INFINITY);
            return;
        }
        for (int s = 0; s < slack.length; s++) {
            Arrays.fill(smallest, Double.POSITIVE_INFINITY);
            double excess = 0;
            for (int i = 0; i < weights.length; i++) {
                excess += weights[i] * deviationValues[i][s];
                insert(deviationValues[i][s]);
            }
            slack[s] = mu[s] + smallest[allowed] - excess + alpha;
        }
    }

    /** Keeps the smallest values seen, in ascending order. */
    private void insert(double value) {
        int at = smallest.length - 1;
        if (value >= smallest[at]) {
            return;
        }
        while (at > 0 && smallest[at - 1] > value) {
            smallest[at] = smallest[at - 1];
            at--;
        }
        smallest[at] = value;
    }
}
