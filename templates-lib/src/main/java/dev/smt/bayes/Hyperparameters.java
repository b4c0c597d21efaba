package dev.smt.bayes;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleBounds;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.BOBYQAOptimizer;

/**
 * The hyperparameters that fit a set of targets best, the same for all of them: the maximum of the summed log marginal
 * likelihoods plus the log of weak log-normal priors, found by BOBYQA from several starts.
 *
 * <p>The length scales' prior grows with the square root of the number of coordinates (Hvarfner, Hellsten and Nardi
 * 2024, "Vanilla Bayesian optimization performs great in high dimensions"), so that 20 coordinates are not taken for 20
 * reasons to vary. A vector holds natural logarithms: D length scales, the signal variance, the variance of the unknown
 * noise, both relative to the variance of the targets.
 */
final class Hyperparameters {
    static final double LOWEST_LOG = Math.log(1e-2);
    static final double HIGHEST_LOG = Math.log(1e3);
    private static final double LOWEST_NOISE_LOG = Math.log(1e-8);
    private static final double HIGHEST_NOISE_LOG = Math.log(2);
    /** In one dimension the whole range; shorter than Hvarfner's, because techniques have few parameters. */
    private static final double PRIOR_LOG_LENGTH = 0;

    private static final double LENGTH_PRIOR_SD = 1.2;
    private static final double SIGNAL_PRIOR_SD = 1;
    private static final double NOISE_PRIOR_MEAN = Math.log(1e-3);
    private static final double NOISE_PRIOR_SD = 2.5;
    private static final double FIRST_TRUST_RADIUS = 1;
    private static final double LAST_TRUST_RADIUS = 0.02;

    private final int dimension;
    private final double[][] points;
    private final List<Targets> targets;
    private double[] best;
    private double bestValue = Double.NEGATIVE_INFINITY;

    private Hyperparameters(double[][] points, List<Targets> targets) {
        this.dimension = points[0].length;
        this.points = points;
        this.targets = targets;
        this.best = start(PRIOR_LOG_LENGTH + Math.log(dimension) / 2);
    }

    /** The best vector of D + 2 logarithms. */
    static double[] fit(double[][] points, List<Targets> targets) {
        Hyperparameters search = new Hyperparameters(points, targets);
        double prior = PRIOR_LOG_LENGTH + Math.log(search.dimension) / 2;
        search.climb(search.start(prior - 0.5));
        search.climb(search.start(prior - 1.5));
        if (search.bestValue == Double.NEGATIVE_INFINITY) {
            throw new SurrogateException("no hyperparameters give " + points.length + " points a finite likelihood");
        }
        return search.best;
    }

    private double[] start(double logLengthScale) {
        double[] start = new double[dimension + 2];
        Arrays.fill(start, 0, dimension, logLengthScale);
        start[dimension + 1] = NOISE_PRIOR_MEAN;
        return start;
    }

    private void climb(double[] start) {
        double[] lowest = new double[dimension + 2];
        double[] highest = new double[dimension + 2];
        Arrays.fill(lowest, LOWEST_LOG);
        Arrays.fill(highest, HIGHEST_LOG);
        lowest[dimension + 1] = LOWEST_NOISE_LOG;
        highest[dimension + 1] = HIGHEST_NOISE_LOG;
        BOBYQAOptimizer climber = new BOBYQAOptimizer(2 * dimension + 5, FIRST_TRUST_RADIUS, LAST_TRUST_RADIUS);
        try {
            climber.optimize(
                    new MaxEval(60 + 10 * dimension),
                    new ObjectiveFunction(this::loss),
                    GoalType.MINIMIZE,
                    new InitialGuess(start),
                    new SimpleBounds(lowest, highest));
        } catch (MathIllegalStateException e) {
            // The evaluations are used up, or the trust region is; the best vector on the way is kept by the loss
            // itself.
            return;
        }
    }

    private double loss(double[] logs) {
        double value = logPrior(logs);
        try {
            for (Targets target : targets) {
                value += GaussianProcess.of(points, target, logs).logMarginalLikelihood();
            }
        } catch (SurrogateException e) {
            value = Double.NaN;
        }
        if (value > bestValue && value < Double.POSITIVE_INFINITY) {
            bestValue = value;
            best = logs.clone();
        }
        return Double.isFinite(value) ? -value : 1e6;
    }

    private double logPrior(double[] logs) {
        double mean = PRIOR_LOG_LENGTH + Math.log(dimension) / 2;
        double sum = 0;
        for (int i = 0; i < dimension; i++) {
            sum += square((logs[i] - mean) / LENGTH_PRIOR_SD);
        }
        sum += square(logs[dimension] / SIGNAL_PRIOR_SD);
        sum += square((logs[dimension + 1] - NOISE_PRIOR_MEAN) / NOISE_PRIOR_SD);
        return -sum / 2;
    }

    private static double square(double x) {
        return x * x;
    }
}
