package dev.smt.jobs.holdout;

import dev.smt.jobs.table.RepresentativeRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;

/**
 * Whether a technique's deltas on the representatives foretell those on the holdout models. Each holdout model is paired
 * with the representative of its own cluster, which is what stands for it in the study.
 *
 * <p>Pairs of one cluster share the delta that is foretold, and all deltas are noisy: the noise lowers the correlation, and
 * the interval, which takes the pairs as independent, is too narrow where few clusters have many pairs.
 *
 * @param pairs one per holdout model that has a delta, and whose representative has one
 */
record Transfer(List<Pair> pairs) {
    private static final int FEWEST_FOR_CORRELATION = 3;
    private static final int FEWEST_FOR_INTERVAL = 4;
    /** Quantile of the normal distribution at 0.975. */
    private static final double TWO_SIDED_95 = 1.959963984540054;

    Transfer {
        pairs = List.copyOf(pairs);
    }

    /**
     * A holdout model.
     *
     * @param cluster of both models
     * @param predicted the representative's delta, percent NE
     * @param realized the holdout model's own, percent NE
     */
    record Pair(int cluster, double predicted, double realized) {}

    /**
     * Pearson's correlation with Fisher's 95 percent interval.
     *
     * @param value -1 to 1; empty with fewer than 3 pairs, or where one of the sides is constant
     * @param low lower end; empty with fewer than 4 pairs
     * @param high upper end
     */
    record Correlation(OptionalDouble value, OptionalDouble low, OptionalDouble high) {
        private static final Correlation NONE =
                new Correlation(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
    }

    /**
     * Pairs the models of a study.
     *
     * @param roles clusters and representatives; where a cluster has several, their mean is foretold
     * @param predicted the representatives' deltas at theta* by model; those that failed are not in it
     * @param realized the holdout models' deltas by model
     */
    static Transfer of(List<RepresentativeRow> roles, Map<String, Double> predicted, Map<String, Double> realized) {
        Map<Integer, Double> byCluster = roles.stream()
                .filter(role -> role.isRepresentative() && predicted.containsKey(role.modelId()))
                .collect(Collectors.groupingBy(
                        RepresentativeRow::cluster,
                        TreeMap::new,
                        Collectors.averagingDouble(role -> predicted.get(role.modelId()))));
        List<Pair> pairs = new ArrayList<>();
        for (RepresentativeRow role : roles) {
            if (role.isHoldout() && realized.containsKey(role.modelId()) && byCluster.containsKey(role.cluster())) {
                pairs.add(new Pair(role.cluster(), byCluster.get(role.cluster()), realized.get(role.modelId())));
            }
        }
        return new Transfer(pairs);
    }

    /** Clusters that the pairs are of. */
    int clusters() {
        return (int) pairs.stream().mapToInt(Pair::cluster).distinct().count();
    }

    OptionalDouble predictedMean() {
        return pairs.stream().mapToDouble(Pair::predicted).average();
    }

    OptionalDouble realizedMean() {
        return pairs.stream().mapToDouble(Pair::realized).average();
    }

    Correlation correlation() {
        if (pairs.size() < FEWEST_FOR_CORRELATION || constant(predicted()) || constant(realized())) {
            return Correlation.NONE;
        }
        double r = Math.max(-1, Math.min(1, new PearsonsCorrelation().correlation(predicted(), realized())));
        if (pairs.size() < FEWEST_FOR_INTERVAL) {
            return new Correlation(OptionalDouble.of(r), OptionalDouble.empty(), OptionalDouble.empty());
        }
        double z = 0.5 * Math.log((1 + r) / (1 - r));
        double reach = TWO_SIDED_95 / Math.sqrt(pairs.size() - 3.0);
        return new Correlation(
                OptionalDouble.of(r), OptionalDouble.of(Math.tanh(z - reach)), OptionalDouble.of(Math.tanh(z + reach)));
    }

    private double[] predicted() {
        return pairs.stream().mapToDouble(Pair::predicted).toArray();
    }

    private double[] realized() {
        return pairs.stream().mapToDouble(Pair::realized).toArray();
    }

    private static boolean constant(double[] values) {
        Set<Double> different = new HashSet<>();
        for (double value : values) {
            different.add(value);
        }
        return different.size() < 2;
    }
}
