package dev.smt.bayes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * N observed points, of which exact duplicates are one site: a covariance of N points of which some are the same has no
 * more information than one of the n sites, takes longer, and is nearly singular.
 *
 * <p>Observations y_i of one site with independent noise variances t_i say the same of the function there as their
 * precision-weighted mean with the variance 1 / sum (1 / t_i), times a factor that doesn't contain the function. The
 * merge keeps that factor, so that the marginal likelihood is that of the N observations, not an approximation.
 */
final class Replicates {
    private static final double LOG_2_PI = Math.log(2 * Math.PI);

    /** [n][D]. */
    private final double[][] sites;
    /** For each of the N observations its site. */
    private final int[] siteOf;

    /**
     * @param points [N][D], N at least 1
     * @throws SurrogateException when there is no point, one has not D coordinates, or a coordinate is not finite
     */
    Replicates(double[][] points, int dimension) {
        require(points, dimension);
        Map<List<Double>, Integer> numbers = new HashMap<>();
        List<double[]> distinct = new ArrayList<>();
        this.siteOf = new int[points.length];
        for (int i = 0; i < points.length; i++) {
            // Adding 0 makes -0.0 the same as 0.0.
            List<Double> key = Arrays.stream(points[i]).mapToObj(x -> x + 0.0).toList();
            Integer known = numbers.putIfAbsent(key, distinct.size());
            if (known == null) {
                distinct.add(points[i].clone());
            }
            siteOf[i] = known == null ? distinct.size() - 1 : known;
        }
        this.sites = distinct.toArray(double[][]::new);
    }

    private static void require(double[][] points, int dimension) {
        List<String> problems = new ArrayList<>();
        if (points.length == 0) {
            problems.add("there is no point to fit");
        }
        for (int i = 0; i < points.length; i++) {
            if (points[i].length != dimension) {
                problems.add("point " + i + " has " + points[i].length + " coordinates");
            } else if (!Arrays.stream(points[i]).allMatch(Double::isFinite)) {
                problems.add("point " + i + " is " + Arrays.toString(points[i]));
            }
        }
        Targets.refuse(problems, "one point or more, each with " + dimension + " finite coordinates");
    }

    /** The sites, [n][D]. */
    double[][] sites() {
        return sites;
    }

    /** The site of an observation. */
    int siteOf(int observation) {
        return siteOf[observation];
    }

    /**
     * The observations merged by site.
     *
     * @param noiseVariance learned noise of every observation, in standardized units
     */
    Merged merge(Targets targets, double noiseVariance) {
        requireOneEach(targets);
        return new Merged(targets, noiseVariance);
    }

    /** @throws SurrogateException when there is not one value per observation */
    void requireOneEach(Targets targets) {
        if (targets.values.length != siteOf.length) {
            throw new SurrogateException(
                    "there are " + targets.values.length + " values to fit at " + siteOf.length + " points");
        }
    }

    /** One mean and noise variance per site, and their derivatives by the learned noise variance. */
    final class Merged {
        final double[] values = new double[sites.length];
        final double[] variances = new double[sites.length];
        final double[] valueSlopes = new double[sites.length];
        final double[] varianceSlopes = new double[sites.length];
        /** Log of the factor of the likelihood that doesn't contain the function. */
        final double logFactor;

        final double logFactorSlope;

        private Merged(Targets targets, double noise) {
            double[] precisions = new double[sites.length];
            double[] squaredPrecisions = new double[sites.length];
            for (int i = 0; i < siteOf.length; i++) {
                double precision = 1 / (targets.noiseVariances[i] + noise);
                precisions[siteOf[i]] += precision;
                squaredPrecisions[siteOf[i]] += precision * precision;
                values[siteOf[i]] += precision * targets.values[i];
            }
            double log = 0;
            double slope = 0;
            for (int site = 0; site < values.length; site++) {
                values[site] /= precisions[site];
                variances[site] = 1 / precisions[site];
                varianceSlopes[site] = squaredPrecisions[site] / precisions[site] / precisions[site];
                log += LOG_2_PI - Math.log(precisions[site]);
                slope += squaredPrecisions[site] / precisions[site];
            }
            for (int i = 0; i < siteOf.length; i++) {
                double precision = 1 / (targets.noiseVariances[i] + noise);
                double residual = targets.values[i] - values[siteOf[i]];
                valueSlopes[siteOf[i]] -= precision * precision * residual * variances[siteOf[i]];
                log -= LOG_2_PI - Math.log(precision) + residual * residual * precision;
                slope -= precision - residual * residual * precision * precision;
            }
            this.logFactor = log / 2;
            this.logFactorSlope = slope / 2;
        }
    }
}
