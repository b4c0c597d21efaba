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
 * Synthetic fleets of 20 models, each a pure function of (family, dimension, seed). The models
 * are calibrated so that A* is what such fleets typically have; draws whose best mu is feasible, or of which almost nothing or most is
 * feasible, are left out. Every third seed has models that fail in a region; odd seeds have unequal weights.
 */
final class SyntheticFleets {
    static final int MODELS = 20;
    private static final int ATTEMPTS = 500;
    private static final int SPREAD_POINTS = 2048;
    private static final int STARTS = 6;
    private static final double SMALLEST_CUT = 0.01;
    /** The optimum's largest share of what was wanted, which is that of the calibration's points. */
    private static final double LARGEST_EXCESS = 1.5;

    private static final double SMALLEST_FEASIBLE_SHARE = 0.015;
    private static final double LARGEST_FEASIBLE_SHARE = 0.4;

    private final Map<String, SyntheticFleet> known = new ConcurrentHashMap<>();

    /** The fleet; its truth is found at the first call. */
    SyntheticFleet get(FleetFamily family, int dimension, long seed) {
        String name = family.label() + "-" + dimension + "-" + seed;
        return known.computeIfAbsent(name, key -> build(key, family, dimension, seed));
    }

    private static SyntheticFleet build(String name, FleetFamily family, int dimension, long seed) {
        double[][] spread = new double[SPREAD_POINTS][];
        ScrambledSobol sobol = new ScrambledSobol(dimension, new int[] {(int) seed});
        Arrays.setAll(spread, sobol::point);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            RandomGenerator random = new Well19937c(new int[] {family.ordinal(), dimension, (int) seed, attempt});
            DeltaFunctions functions = family.draw(dimension, MODELS, random);
            if (seed % 3 == 0) {
                functions = new FailingRegion(functions, 1 + random.nextInt(3), dimension, random);
            }
            Optional<SyntheticFleet> fleet = calibrated(name, functions, objective(seed, random), spread, random);
            if (fleet.isPresent()) {
                return fleet.get();
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

    private static Optional<SyntheticFleet> calibrated(
            String name,
            DeltaFunctions functions,
            FleetObjective objective,
            double[][] spread,
            RandomGenerator random) {
        int dimension = spread[0].length;
        double wanted = typicalOptimum(dimension) * (0.75 + 0.5 * random.nextDouble());
        double cut = wanted * (0.2 + 0.4 * random.nextDouble());
        int minority = objective.allowedRegressions() + 1 + random.nextInt(3);
        double[] top = OptimumSearch.largest(new Landscape(functions, objective), spread, false, 1)
                .point();
        double[] shifts =
                new FleetCalibration(functions, objective, around(top, spread, random)).shifts(wanted, cut, minority);
        double share = new FleetCalibration(functions, objective, spread).feasibleShare(shifts);
        if (share < SMALLEST_FEASIBLE_SHARE / (dimension > 6 ? 3 : 1) || share > LARGEST_FEASIBLE_SHARE) {
            return Optional.empty();
        }
        DeltaFunctions shifted = new ShiftedDeltas(functions, shifts);
        Landscape landscape = new Landscape(shifted, objective);
        double optimum = OptimumSearch.largest(landscape, spread, true, STARTS).mu();
        double unconstrained =
                OptimumSearch.largest(landscape, spread, false, 2).mu();
        if (optimum > LARGEST_EXCESS * wanted || unconstrained < optimum + SMALLEST_CUT) {
            return Optional.empty();
        }
        SyntheticFleet.Truth truth = new SyntheticFleet.Truth(optimum, unconstrained, share);
        return Optional.of(new SyntheticFleet(name, dimension, objective, shifted, truth));
    }

    /** The spread points, the best point, and as many more around it, near and far. */
    private static double[][] around(double[] top, double[][] spread, RandomGenerator random) {
        double[][] points = Arrays.copyOf(spread, 2 * spread.length + 1);
        for (int p = spread.length; p < points.length; p++) {
            double size = p == spread.length ? 0 : 0.01 * Math.pow(30, random.nextDouble());
            points[p] = new double[top.length];
            for (int j = 0; j < top.length; j++) {
                points[p][j] = Math.max(0, Math.min(1, top[j] + size * random.nextGaussian()));
            }
        }
        return points;
    }
}
