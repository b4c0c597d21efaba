package dev.smt.bayes;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The hyperparameters that fit a set of targets best, the same for all of them: the maximum of the summed log marginal
 * likelihoods plus the log of weak log-normal priors, found with exact gradients from several starts.
 *
 * <p>The length scales' prior grows with the square root of their number (Hvarfner, Hellsten and Nardi 2024, "Vanilla
 * Bayesian optimization performs great in high dimensions"), so that 20 coordinates are not taken for 20 reasons to
 * vary. A vector holds natural logarithms: K length scales, the signal variance, the variance of the unknown noise, both
 * relative to the variance of the targets.
 *
 * <p>The strict priors are right while there are few points: without them long length scales win, and a search believes
 * in straight lines. But they hold back a coordinate that is irrelevant. So where the strict optimum presses against
 * them, loose ones are tried from there, and taken if the likelihood grows by a factor of 12 or more.
 *
 * <p>Of more than {@value #MOST_POINTS} points an even subset finds the hyperparameters (Rasmussen and Williams 2006,
 * Section 8.3.2, subset of datapoints): K + 2 numbers are known well from that many, and the cost grows with the cube.
 */
final class Hyperparameters {
    static final int MOST_POINTS = 120;

    private static final double LOWEST_LOG = Math.log(1e-2);
    private static final double HIGHEST_LOG = Math.log(1e3);
    private static final double LOWEST_NOISE_LOG = Math.log(1e-8);
    private static final double HIGHEST_NOISE_LOG = Math.log(2);
    /** In one dimension the whole range; shorter than Hvarfner's, because techniques have few parameters. */
    private static final double PRIOR_LOG_LENGTH = 0;

    private static final double NOISE_PRIOR_MEAN = Math.log(1e-3);
    private static final Prior STRICT = new Prior(1.2, 1.2, 0, 1, 2.5);
    private static final Prior LOOSE = new Prior(1.2, 10, 3, 4, 6);
    /** In log likelihood: a ratio of about 12. */
    private static final double LOOSENING_GAIN = 2.5;

    /**
     * Normal distributions of the logarithms.
     *
     * @param shortSd of a length scale below the mean
     * @param longSd of a length scale above the mean
     */
    private record Prior(double shortSd, double longSd, double signalMean, double signalSd, double noiseSd) {}

    /** Every start goes down this far; the lowest goes on, because which valley is deepest shows long before its floor. */
    private static final BoundedQuasiNewton.Settings FIRST_CLIMB = new BoundedQuasiNewton.Settings(12, 1e-2, 1e-3, 2);

    private static final BoundedQuasiNewton.Settings LOOSE_CLIMB = new BoundedQuasiNewton.Settings(40, 1e-2, 1e-3, 2);
    private static final BoundedQuasiNewton.Settings LAST_CLIMB = new BoundedQuasiNewton.Settings(80, 1e-2, 1e-3, 2);

    private final int lengthScales;
    private final double priorLogLength;
    private final MarginalLikelihood likelihood;
    private Prior prior = STRICT;

    private Hyperparameters(CoordinateGroups groups, double[][] points, List<Targets> targets) {
        this.lengthScales = groups.lengthScales();
        this.priorLogLength = PRIOR_LOG_LENGTH + Math.log(Math.max(1, lengthScales)) / 2;
        this.likelihood = new MarginalLikelihood(groups, points, targets);
    }

    /** The best vector of D + 2 logarithms for D numeric coordinates. */
    static double[] fit(double[][] points, List<Targets> targets) {
        return fit(CoordinateGroups.numeric(points[0].length), points, targets);
    }

    /**
     * The best vector of K + 2 logarithms.
     *
     * @throws SurrogateException when no start has a finite likelihood
     */
    static double[] fit(CoordinateGroups groups, double[][] points, List<Targets> targets) {
        if (points.length <= MOST_POINTS) {
            return new Hyperparameters(groups, points, targets).best();
        }
        int[] subset = new int[MOST_POINTS];
        Arrays.setAll(subset, i -> (int) ((long) i * points.length / MOST_POINTS));
        double[][] some = Arrays.stream(subset).mapToObj(i -> points[i]).toArray(double[][]::new);
        return new Hyperparameters(
                        groups,
                        some,
                        targets.stream().map(target -> target.subset(subset)).toList())
                .best();
    }

    private double[] best() {
        double[] strict = starts().stream()
                .map(start -> climb(start, FIRST_CLIMB))
                .filter(found -> Double.isFinite(found.value()))
                .min(Comparator.comparingDouble(BoundedQuasiNewton.Minimum::value))
                .map(found -> found.converged() ? found : climb(found.point(), LAST_CLIMB))
                .orElseThrow(() -> new SurrogateException("no hyperparameters give the points a finite likelihood"))
                .point();
        return isHeldBack(strict) ? loosened(strict) : strict;
    }

    /** Whether a length scale or the signal variance is more than a standard deviation larger than expected. */
    private boolean isHeldBack(double[] logs) {
        boolean held = logs[lengthScales] > STRICT.signalMean + STRICT.signalSd;
        for (int i = 0; i < lengthScales; i++) {
            held |= logs[i] > priorLogLength + STRICT.longSd;
        }
        return held;
    }

    private double[] loosened(double[] strict) {
        prior = LOOSE;
        double[] loose = climb(strict, LOOSE_CLIMB).point();
        double[] unused = new double[strict.length];
        double gain = likelihood.at(loose, unused) - likelihood.at(strict, unused);
        return gain > LOOSENING_GAIN ? loose : strict;
    }

    private List<double[]> starts() {
        return List.of(
                start(priorLogLength - 0.5, NOISE_PRIOR_MEAN),
                start(priorLogLength - 1.5, NOISE_PRIOR_MEAN),
                start(priorLogLength - 0.5, Math.log(0.1)));
    }

    private double[] start(double logLengthScale, double logNoise) {
        double[] start = new double[lengthScales + 2];
        Arrays.fill(start, 0, lengthScales, logLengthScale);
        start[lengthScales + 1] = logNoise;
        return start;
    }

    private BoundedQuasiNewton.Minimum climb(double[] start, BoundedQuasiNewton.Settings settings) {
        double[] lowest = new double[start.length];
        double[] highest = new double[start.length];
        Arrays.fill(lowest, LOWEST_LOG);
        Arrays.fill(highest, HIGHEST_LOG);
        lowest[start.length - 1] = LOWEST_NOISE_LOG;
        highest[start.length - 1] = HIGHEST_NOISE_LOG;
        return BoundedQuasiNewton.minimize(this::loss, start, lowest, highest, settings);
    }

    /** Minus the log posterior, up to a constant; infinite where a covariance is not positive definite. */
    private double loss(double[] logs, double[] gradient) {
        double value;
        try {
            value = likelihood.at(logs, gradient);
        } catch (SurrogateException e) {
            return Double.POSITIVE_INFINITY;
        }
        for (int i = 0; i < logs.length; i++) {
            double mean = i < lengthScales ? priorLogLength : i == lengthScales ? prior.signalMean : NOISE_PRIOR_MEAN;
            double lengthSd = logs[i] > mean ? prior.longSd : prior.shortSd;
            double deviation = i < lengthScales ? lengthSd : i == lengthScales ? prior.signalSd : prior.noiseSd;
            double standardized = (logs[i] - mean) / deviation;
            value -= standardized * standardized / 2;
            gradient[i] = standardized / deviation - gradient[i];
        }
        return -value;
    }
}
