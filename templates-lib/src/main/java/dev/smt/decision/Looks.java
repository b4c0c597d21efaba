package dev.smt.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * How sure a verdict must be each time that it is looked at, so that the probability of a wrong one is bounded over all
 * looks together.
 *
 * @param search at the search's own deltas, which can only reject
 * @param replicates after each fresh replicate, from the first to the last that is allowed
 */
public record Looks(double search, List<Double> replicates) {
    /** No look but the last may spend less than this part of the error: the posterior's draws can't tell less. */
    private static final double SMALLEST_PART = 0.02;

    private static final double PRECISION = 1e-7;
    private static final int EVALUATIONS = 100;

    /** @throws IllegalArgumentException when a certainty is not above one half and below one, or there is none */
    public Looks {
        replicates = List.copyOf(replicates);
        List<Double> all = new ArrayList<>(replicates);
        all.add(search);
        if (replicates.isEmpty() || all.stream().anyMatch(sure -> !(sure > 0.5 && sure < 1))) {
            throw new IllegalArgumentException("certainties " + replicates + " and " + search
                    + " of the search; allowed: above 0.5 and below 1, and one of a replicate at least");
        }
    }

    /** One look, at however many replicates. */
    public static Looks once(double sure) {
        return new Looks(sure, List.of(sure));
    }

    /**
     * A look after each of so many replicates: the boundary of O'Brien and Fleming (1979, "A Multiple Testing Procedure
     * for Clinical Trials", Biometrics 35), which asks for much more at early looks and for hardly more at the last. It is
     * exact where replicates are independent. Where they share the rows' errors their looks are more alike, so that the
     * error is smaller (Slepian's inequality).
     *
     * @param most replicates; 0 like 1
     * @param sure over all looks
     */
    public static Looks each(int most, double sure) {
        if (most <= 1) {
            return once(sure);
        }
        NormalDistribution normal = new NormalDistribution(null, 0, 1);
        double lowest = normal.inverseCumulativeProbability(sure);
        double bonferroni = normal.inverseCumulativeProbability(1 - (1 - sure) / most);
        double highest = Math.max(bonferroni, normal.inverseCumulativeProbability(1 - SMALLEST_PART * (1 - sure)));
        double last = new BrentSolver(PRECISION)
                .solve(
                        EVALUATIONS,
                        z -> SequentialTest.crossing(boundary(most, z, highest)) - (1 - sure),
                        lowest,
                        bonferroni);
        return new Looks(
                sure,
                boundary(most, last, highest).stream()
                        .map(normal::cumulativeProbability)
                        .toList());
    }

    private static List<Double> boundary(int most, double last, double highest) {
        return IntStream.rangeClosed(1, most)
                .mapToObj(look -> Math.min(highest, last * Math.sqrt((double) most / look)))
                .toList();
    }

    /** How sure a verdict must be after so many replicates; beyond the last as at the last. */
    public double certainty(int number) {
        return number == 0 ? search : replicates.get(Math.min(number, replicates.size()) - 1);
    }
}
