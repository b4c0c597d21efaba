package dev.smt.experiment;

import java.util.Optional;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.ranking.NaturalRanking;

/**
 * A correlation of two numbers over experiments, with its interval.
 *
 * @param value -1 to 1
 * @param interval by Fisher's z
 */
public record Correlation(double value, Interval interval) {
    /** The fewest points for which an interval exists. */
    public static final int FEWEST = 4;

    /** Pearson's, with Fisher's interval (Fisher 1921); empty with fewer than 4 points, or where one doesn't vary. */
    public static Optional<Correlation> pearson(double[] x, double[] y, double level) {
        return value(x, y).map(r -> withInterval(r, 1 / Math.sqrt(x.length - 3.0), level));
    }

    /**
     * Spearman's, ties get mean ranks; interval of Bonett and Wright (2000), Sample size requirements for estimating
     * Pearson, Kendall and Spearman correlations, Psychometrika 65. Empty as {@link #pearson} is.
     */
    public static Optional<Correlation> spearman(double[] x, double[] y, double level) {
        NaturalRanking ranking = new NaturalRanking();
        return value(ranking.rank(x), ranking.rank(y))
                .map(r -> withInterval(r, Math.sqrt((1 + r * r / 2) / (x.length - 3.0)), level));
    }

    private static Optional<Double> value(double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException(
                    x.length + " and " + y.length + " numbers; a correlation needs as many of both");
        }
        if (x.length < FEWEST) {
            return Optional.empty();
        }
        return Optional.of(new PearsonsCorrelation().correlation(x, y))
                .filter(r -> !r.isNaN())
                .map(r -> Math.max(-1, Math.min(1, r)));
    }

    private static Correlation withInterval(double r, double error, double level) {
        double z = 0.5 * Math.log((1 + r) / (1 - r));
        double half = new NormalDistribution().inverseCumulativeProbability(1 - (1 - level) / 2) * error;
        return new Correlation(r, new Interval(Math.tanh(z - half), Math.tanh(z + half)));
    }
}
