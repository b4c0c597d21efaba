package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * Synthetic fleets of 20 models, each a pure function of (family, dimension, seed). A constant is added to all deltas,
 * so that A* is what such fleets typically have; draws whose best mu is feasible, or of which almost nothing or most is
 * feasible, are left out. Every third seed has models that fail in a region; odd seeds have unequal weights.
 */
final class SyntheticFleets {
    static final int MODELS = 20;
    private static final int ATTEMPTS = 500;
    private static final int COARSE_POINTS = 4096;
    private static final int STARTS = 6;
    private static final int ADJUSTMENTS = 2;
    private static final double SMALLEST_CUT = 0.02;
    private static final double SMALLEST_FEASIBLE_SHARE = 0.001;
    private static final double LARGEST_FEASIBLE_SHARE = 0.5;

    private final Map<String, SyntheticFleet> known = new ConcurrentHashMap<>();

    /** The fleet; its truth is found at the first call. */
    SyntheticFleet get(FleetFamily family, int dimension, long seed) {
        String name = family.label() + "-" + dimension + "-" + seed;
        return known.computeIfAbsent(name, key -> build(key, family, dimension, seed));
    }

    private static SyntheticFleet build(String name, FleetFamily family, int dimension, long seed) {
        double[][] spread = new double[COARSE_POINTS][];
        ScrambledSobol sobol = new ScrambledSobol(dimension, new int[] {(int) seed});
        Arrays.setAll(spread, sobol::point);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            RandomGenerator random = new Well19937c(new int[] {family.ordinal(), dimension, (int) seed, attempt});
            DeltaFunctions functions = family.draw(dimension, MODELS, random);
            if (seed % 3 == 0) {
                functions = new FailingRegion(functions, 1 + random.nextInt(3), dimension, random);
            }
            FleetObjective objective = objective(seed, random);
            double wanted = typicalOptimum(dimension) * (0.75 + 0.5 * random.nextDouble());
            Optional<SyntheticFleet.Truth> truth = truth(new Landscape(functions, objective), spread, wanted);
            if (truth.isPresent()) {
                return new SyntheticFleet(name, dimension, objective, functions, truth.get());
            }
        }
        throw new IllegalStateException("no fleet " + name + " in " + ATTEMPTS + " draws");
    }

    private static FleetObjective objective(long seed, RandomGenerator random) {
        Map<String, Double> weights = new LinkedHashMap<>();
        for (int i = 0; i < MODELS; i++) {
            weights.put("m" + i, seed % 2 == 0 ? 1 : 0.5 + random.nextDouble());
        }
        return new FleetObjective(
                FleetObjective.DEFAULT_ALPHA, FleetObjective.DEFAULT_EPSILON, FleetObjective.DEFAULT_TAU, weights);
    }

    private static double typicalOptimum(int dimension) {
        return dimension <= 2 ? 0.16 : dimension <= 4 ? 0.27 : 0.28;
    }

    private static Optional<SyntheticFleet.Truth> truth(Landscape landscape, double[][] spread, double wanted) {
        Coarse coarse = new Coarse(landscape, spread);
        landscape.shiftTo(coarse.shiftFor(wanted));
        if (!coarse.cutsOff(landscape.shift()) || !plausible(coarse.feasibleShare(landscape.shift()))) {
            return Optional.empty();
        }
        // The coarse optimum is below the true one, which grows at least as fast as the shift.
        for (int i = 0; i < ADJUSTMENTS; i++) {
            double excess = OptimumSearch.largest(landscape, spread, true, 2) - wanted;
            landscape.shiftTo(landscape.shift() - 0.7 * excess);
        }
        double share = coarse.feasibleShare(landscape.shift());
        if (!plausible(share)) {
            return Optional.empty();
        }
        double optimum = OptimumSearch.largest(landscape, spread, true, STARTS);
        double unconstrained = OptimumSearch.largest(landscape, spread, false, 2);
        boolean accepted = Math.abs(optimum - wanted) < 0.3 * wanted && unconstrained > optimum + SMALLEST_CUT;
        return accepted
                ? Optional.of(new SyntheticFleet.Truth(landscape.shift(), optimum, unconstrained, share))
                : Optional.empty();
    }

    private static boolean plausible(double feasibleShare) {
        return feasibleShare >= SMALLEST_FEASIBLE_SHARE && feasibleShare <= LARGEST_FEASIBLE_SHARE;
    }

    /** mu and slack at the spread points, without a shift. */
    private static final class Coarse {
        private final double[] mu;
        private final double[] slack;

        Coarse(Landscape landscape, double[][] spread) {
            this.mu = new double[spread.length];
            this.slack = new double[spread.length];
            for (int p = 0; p < spread.length; p++) {
                landscape.moveTo(spread[p]);
                mu[p] = landscape.mu;
                slack[p] = landscape.slack;
            }
        }

        /** The shift that makes the best feasible mu the wanted one, by bisection: it grows with the shift. */
        double shiftFor(double wanted) {
            double low = -10;
            double high = 10;
            for (int i = 0; i < 50; i++) {
                double middle = (low + high) / 2;
                boolean tooLow = largest(middle, true) < wanted;
                low = tooLow ? middle : low;
                high = tooLow ? high : middle;
            }
            return high;
        }

        boolean cutsOff(double shift) {
            return largest(shift, false) > largest(shift, true) + SMALLEST_CUT;
        }

        double feasibleShare(double shift) {
            return Arrays.stream(slack).filter(value -> value + shift >= 0).count() / (double) slack.length;
        }

        private double largest(double shift, boolean constrained) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int p = 0; p < mu.length; p++) {
                if (!Double.isNaN(mu[p]) && (!constrained || slack[p] + shift >= 0)) {
                    largest = Math.max(largest, mu[p] + shift);
                }
            }
            return largest;
        }
    }
}
