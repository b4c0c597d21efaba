package dev.smt.bayes;

import dev.smt.search.Coordinate;
import dev.smt.search.ParameterValues;
import dev.smt.search.UnitCube;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * The fresh point with the largest acquisition: every point of a small finite space; else evenly spread points and
 * steps from the told ones, and from the best few a climb by gradients in the continuous coordinates, in turns with
 * local moves of the others.
 */
final class CandidateSearch {
    private static final int STARTS = 4;
    private static final int TURNS = 3;
    private static final double STEP = 0.1;
    private static final double SMALL_STEP = 0.01;
    private static final double REDRAW = 0.1;
    private static final BoundedQuasiNewton.Settings CLIMB = new BoundedQuasiNewton.Settings(30, 1e-4, 1e-4, 0.3);

    private final UnitCube cube;
    private final Acquisition acquisition;
    private final Set<ParameterValues> taken;
    private final Predicate<ParameterValues> admission;
    private final RandomGenerator random;
    private final double[] lower;
    private final double[] upper;
    private final boolean discrete;
    private final Map<ParameterValues, Double> seen = new HashMap<>();

    /**
     * A search.
     *
     * @param taken what may not be suggested
     * @param admission what else may be, which is asked as late as possible
     * @param lower the least value of each of the D coordinates that may be suggested
     * @param upper the largest
     */
    CandidateSearch(
            UnitCube cube,
            Acquisition acquisition,
            Set<ParameterValues> taken,
            Predicate<ParameterValues> admission,
            RandomGenerator random,
            double[] lower,
            double[] upper) {
        this.cube = cube;
        this.acquisition = acquisition;
        this.taken = taken;
        this.admission = admission;
        this.random = random;
        this.lower = lower;
        this.upper = upper;
        this.discrete = !cube.coordinates().stream().allMatch(Coordinate::continuous);
    }

    /** The best of a list; empty where none is fresh. */
    Optional<ParameterValues> among(List<ParameterValues> points) {
        return points.stream()
                .filter(point -> !taken.contains(point))
                .map(point -> new Candidate(point, value(point)))
                .sorted(Comparator.comparingDouble(Candidate::value).reversed())
                .filter(this::isAdmitted)
                .findFirst()
                .map(Candidate::theta);
    }

    /** The best of {@code count} spread points, steps from {@code told}, and what can be climbed to from there. */
    Optional<ParameterValues> climb(ScrambledSobol spread, int count, List<ParameterValues> told) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double[] point = cube.encode(cube.atQuantiles(spread.point(i)));
            for (int d = 0; d < point.length; d++) {
                point[d] = lower[d] + (upper[d] - lower[d]) * point[d];
            }
            candidates.add(candidate(cube.decode(point)));
        }
        for (ParameterValues theta : told) {
            candidates.add(candidate(step(theta, STEP)));
            candidates.add(candidate(step(theta, SMALL_STEP)));
        }
        candidates.sort(Comparator.comparingDouble(Candidate::value).reversed());
        return candidates.stream()
                .filter(this::isAdmitted)
                .limit(STARTS)
                .map(this::climb)
                .filter(candidate -> !taken.contains(candidate.theta()))
                .max(Comparator.comparingDouble(Candidate::value))
                .map(Candidate::theta);
    }

    private Candidate climb(Candidate start) {
        Candidate best = ascend(start);
        for (int turn = 0; discrete && turn < TURNS; turn++) {
            Candidate from = best;
            for (ParameterValues neighbour : neighbours(from.theta())) {
                Candidate next = candidate(neighbour);
                best = next.value() > best.value() && isAdmitted(next) ? next : best;
            }
            if (best == from) {
                break;
            }
            best = ascend(best);
        }
        return best;
    }

    /** Follows the gradient in the continuous coordinates. */
    private Candidate ascend(Candidate start) {
        double[] from = cube.encode(start.theta());
        double[] least = from.clone();
        double[] most = from.clone();
        boolean moves = false;
        for (int d = 0; d < from.length; d++) {
            if (cube.coordinates().get(d).continuous()) {
                least[d] = Math.min(from[d], lower[d]);
                most[d] = Math.max(from[d], upper[d]);
                moves = true;
            }
        }
        if (!moves || start.value() == Double.NEGATIVE_INFINITY) {
            return start;
        }
        BoundedQuasiNewton.Minimum minimum = BoundedQuasiNewton.minimize(this::loss, from, least, most, CLIMB);
        Candidate end = candidate(cube.decode(minimum.point()));
        return end.value() > start.value() && isAdmitted(end) ? end : start;
    }

    private double loss(double[] point, double[] gradient) {
        double value = acquisition.at(point, gradient);
        for (int d = 0; d < gradient.length; d++) {
            gradient[d] = -gradient[d];
        }
        return -value;
    }

    /** The points that differ in one discrete parameter: by one step of a whole number, by the level, by the flag. */
    private List<ParameterValues> neighbours(ParameterValues theta) {
        double[] point = cube.encode(theta);
        List<ParameterValues> neighbours = new ArrayList<>();
        for (int d = 0; d < point.length; d++) {
            Coordinate coordinate = cube.coordinates().get(d);
            switch (coordinate.kind()) {
                case CONTINUOUS -> {}
                case FLAG -> neighbours.add(with(point, d, 1 - Math.round(point[d])));
                case LEVEL -> neighbours.add(withLevel(point, d, coordinate.parameter()));
                case ORDINAL -> {
                    double step = 1.0 / Math.max(1, coordinate.choices().orElse(2) - 1);
                    for (double factor : new double[] {-1, 1}) {
                        neighbours.add(with(point, d, point[d] + factor * step));
                        neighbours.add(with(point, d, point[d] + factor * Math.max(step, STEP)));
                    }
                }
            }
        }
        return neighbours;
    }

    private ParameterValues with(double[] point, int coordinate, double value) {
        double[] moved = point.clone();
        moved[coordinate] = Math.max(0, Math.min(1, value));
        return cube.decode(moved);
    }

    private ParameterValues withLevel(double[] point, int level, String parameter) {
        double[] moved = point.clone();
        for (int d = 0; d < moved.length; d++) {
            if (cube.coordinates().get(d).parameter().equals(parameter)) {
                moved[d] = d == level ? 1 : 0;
            }
        }
        return cube.decode(moved);
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

    /** Taken points may be climbed from. */
    private boolean isAdmitted(Candidate candidate) {
        return taken.contains(candidate.theta()) || admission.test(candidate.theta());
    }

    private double value(ParameterValues theta) {
        return seen.computeIfAbsent(theta, point -> acquisition.at(cube.encode(point)));
    }

    private record Candidate(ParameterValues theta, double value) {}
}
