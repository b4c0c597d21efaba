package dev.smt.bayes;

import dev.smt.search.ParameterValues;
import dev.smt.search.UnitCube;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Maximizes an acquisition over a search space: a Sobol sample and points near the observed ones, then local moves from
 * the best few. Every candidate is a real theta (whole numbers are whole, one level per category), and none is one of
 * the excluded.
 */
final class CandidateSearch {
    private static final int SPREAD_CANDIDATES = 256;
    private static final int NEAR_CANDIDATES = 64;
    private static final int STARTS = 4;
    private static final double[] STEPS = {0.2, 0.1, 0.05, 0.02};
    private static final int MOVES_PER_STEP = 12;

    private final UnitCube cube;
    private final Set<ParameterValues> excluded;
    private final SplittableRandom random;

    CandidateSearch(UnitCube cube, Set<ParameterValues> excluded, long seed) {
        this.cube = cube;
        this.excluded = excluded;
        this.random = new SplittableRandom(seed);
    }

    private record Scored(ParameterValues theta, double value) {}

    /** The best theta found; empty where every candidate is excluded. */
    Optional<ParameterValues> best(Acquisition acquisition, List<double[]> near) {
        Set<ParameterValues> candidates = new LinkedHashSet<>();
        SobolDesign spread = new SobolDesign(cube, random.nextLong());
        for (int i = 0; i < SPREAD_CANDIDATES; i++) {
            candidates.add(spread.next());
        }
        for (int i = 0; i < NEAR_CANDIDATES && !near.isEmpty(); i++) {
            candidates.add(moved(near.get(i % near.size()), STEPS[i % STEPS.length]));
        }
        candidates.removeAll(excluded);
        List<Scored> scored = new ArrayList<>();
        candidates.forEach(theta -> scored.add(new Scored(theta, acquisition.value(cube.encode(theta)))));
        scored.sort(Comparator.comparingDouble((Scored candidate) -> -candidate.value()));
        return scored.stream()
                .limit(STARTS)
                .map(start -> climb(start, acquisition))
                .max(Comparator.comparingDouble(Scored::value))
                .map(Scored::theta);
    }

    private Scored climb(Scored start, Acquisition acquisition) {
        Scored best = start;
        for (double step : STEPS) {
            for (int move = 0; move < MOVES_PER_STEP; move++) {
                ParameterValues theta = moved(cube.encode(best.theta()), step);
                if (!excluded.contains(theta)) {
                    double value = acquisition.value(cube.encode(theta));
                    best = value > best.value() ? new Scored(theta, value) : best;
                }
            }
        }
        return best;
    }

    /** A point with about half of its coordinates moved; one-hot coordinates now and then jump to another level. */
    private ParameterValues moved(double[] point, double step) {
        double[] moved = point.clone();
        for (int i = 0; i < moved.length; i++) {
            if (random.nextBoolean()) {
                moved[i] += step * (2 * random.nextDouble() - 1) * 2;
            }
            if (random.nextInt(8) == 0) {
                moved[i] = random.nextDouble();
            }
            moved[i] = Math.min(1, Math.max(0, moved[i]));
        }
        return cube.decode(moved);
    }
}
