package dev.smt.bayes;

import dev.smt.search.ParameterValues;
import dev.smt.search.UnitCube;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * The fresh point with the largest acquisition: every point of a small finite space; else evenly spread points and
 * steps from the told ones, then a climb by random steps of shrinking size from the best few.
 */
final class CandidateSearch {
    private static final int STARTS = 4;
    private static final int STEPS_PER_ROUND = 12;
    private static final double FIRST_STEP = 0.2;
    private static final double SHRINK = 0.6;
    private static final double REDRAW = 0.1;

    private final UnitCube cube;
    private final Acquisition acquisition;
    private final Set<ParameterValues> taken;
    private final RandomGenerator random;
    private final Map<ParameterValues, Double> seen = new HashMap<>();

    CandidateSearch(UnitCube cube, Acquisition acquisition, Set<ParameterValues> taken, RandomGenerator random) {
        this.cube = cube;
        this.acquisition = acquisition;
        this.taken = taken;
        this.random = random;
    }

    /** The best of a list; empty where none is fresh. */
    Optional<ParameterValues> among(List<ParameterValues> points) {
        return points.stream()
                .filter(point -> !taken.contains(point))
                .map(point -> new Candidate(point, value(point)))
                .max(Comparator.comparingDouble(Candidate::value))
                .map(Candidate::theta);
    }

    /** The best of {@code count} spread points, steps from {@code told}, and {@code rounds} rounds of climbing. */
    Optional<ParameterValues> climb(ScrambledSobol spread, int count, List<ParameterValues> told, int rounds) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            candidates.add(candidate(cube.atQuantiles(spread.point(i))));
        }
        for (ParameterValues theta : told) {
            candidates.add(candidate(step(theta, FIRST_STEP / 2)));
            candidates.add(candidate(step(theta, FIRST_STEP / 20)));
        }
        candidates.sort(Comparator.comparingDouble(Candidate::value).reversed());
        return candidates.stream()
                .limit(STARTS)
                .map(start -> climb(start, rounds))
                .filter(candidate -> !taken.contains(candidate.theta()))
                .max(Comparator.comparingDouble(Candidate::value))
                .map(Candidate::theta);
    }

    private Candidate climb(Candidate start, int rounds) {
        Candidate best = start;
        double size = FIRST_STEP;
        for (int round = 0; round < rounds; round++) {
            Candidate from = best;
            for (int i = 0; i < STEPS_PER_ROUND; i++) {
                Candidate next = candidate(step(from.theta(), size));
                best = next.value() > best.value() ? next : best;
            }
            size *= best == from ? SHRINK : 1;
        }
        return best;
    }

    /** Moves one parameter, or all; now and then draws a parameter anew, so that levels and flags change too. */
    private ParameterValues step(ParameterValues theta, double size) {
        double[] quantiles = cube.quantiles(theta);
        int only = random.nextBoolean() ? random.nextInt(quantiles.length) : -1;
        for (int i = 0; i < quantiles.length; i++) {
            if (only >= 0 && only != i) {
                continue;
            }
            quantiles[i] = random.nextDouble() < REDRAW
                    ? random.nextDouble()
                    : Math.max(0, Math.min(1, quantiles[i] + size * random.nextGaussian()));
        }
        return cube.atQuantiles(quantiles);
    }

    private Candidate candidate(ParameterValues theta) {
        return new Candidate(theta, taken.contains(theta) ? Double.NEGATIVE_INFINITY : value(theta));
    }

    private double value(ParameterValues theta) {
        return seen.computeIfAbsent(theta, point -> acquisition.at(cube.encode(point)));
    }

    private record Candidate(ParameterValues theta, double value) {}
}
