package dev.smt.experiment;

import java.util.SortedMap;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * Whether the arms have as many units as was planned: Pearson's chi-square. A mismatch means that units are missing, and
 * not by chance: the lifts can't be trusted (Fabijan et al. 2019, Diagnosing Sample Ratio Mismatch in Online Controlled
 * Experiments, KDD).
 *
 * @param chiSquare the statistic, with arms - 1 degrees of freedom
 * @param pValue probability of a statistic at least as large when the plan was followed
 */
public record SampleRatio(double chiSquare, double pValue) {
    /** Below this it is a mismatch (Kohavi, Tang, Xu 2020, Trustworthy Online Controlled Experiments, chapter 21). */
    public static final double THRESHOLD = 0.001;

    /**
     * Compares units with the plan.
     *
     * @param units per arm, two arms or more
     * @param shares planned for each arm, above 0; they need not sum to 1
     */
    public static SampleRatio of(SortedMap<String, Long> units, SortedMap<String, Double> shares) {
        if (units.size() < 2 || !units.keySet().equals(shares.keySet())) {
            throw new IllegalArgumentException("units of the arms " + units.keySet() + " and shares of "
                    + shares.keySet() + "; allowed: the same arms in both, two or more");
        }
        if (!shares.values().stream().allMatch(share -> share > 0 && Double.isFinite(share))) {
            throw new IllegalArgumentException("shares are " + shares + "; allowed: numbers above 0");
        }
        double allUnits = units.values().stream().mapToLong(Long::longValue).sum();
        double allShares =
                shares.values().stream().mapToDouble(Double::doubleValue).sum();
        double chiSquare = 0;
        for (String arm : units.keySet()) {
            double expected = allUnits * shares.get(arm) / allShares;
            chiSquare += Math.pow(units.get(arm) - expected, 2) / expected;
        }
        double pValue = 1 - new ChiSquaredDistribution(units.size() - 1.0).cumulativeProbability(chiSquare);
        return new SampleRatio(chiSquare, pValue);
    }

    /** Whether the units are not as planned. */
    public boolean mismatch() {
        return pValue < THRESHOLD;
    }
}
