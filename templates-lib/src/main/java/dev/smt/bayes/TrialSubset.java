package dev.smt.bayes;

import dev.smt.search.ParameterValues;
import dev.smt.search.UnitCube;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The thetas that a posterior of many trials is of: its cost grows with the cube of their number. A third are those that
 * were worth most, a third the latest, because a search that forgets its last steps takes them again, and the others
 * are spread: each the farthest from all that were taken before.
 */
final class TrialSubset {
    private final List<List<Result>> trials;
    private final double[][] points;
    private final boolean[] kept;
    private int count;

    private TrialSubset(List<List<Result>> trials, UnitCube cube) {
        this.trials = trials;
        this.points = trials.stream()
                .map(results -> cube.encode(results.get(0).theta()))
                .toArray(double[][]::new);
        this.kept = new boolean[trials.size()];
    }

    /** The results of at most {@code most} distinct thetas, in the order in which they were told; all of fewer. */
    static List<Result> of(List<Result> results, UnitCube cube, int most) {
        Map<ParameterValues, List<Result>> byTheta = Result.byTheta(results);
        if (byTheta.size() <= most) {
            return results;
        }
        TrialSubset subset = new TrialSubset(List.copyOf(byTheta.values()), cube);
        subset.keepBest(most / 3);
        subset.keepLatest(2 * most / 3);
        subset.keepSpread(most);
        Set<ParameterValues> thetas = new LinkedHashSet<>();
        for (int t = 0; t < subset.kept.length; t++) {
            if (subset.kept[t]) {
                thetas.add(subset.trials.get(t).get(0).theta());
            }
        }
        return results.stream()
                .filter(result -> thetas.contains(result.theta()))
                .toList();
    }

    private void keep(int trial) {
        count += kept[trial] ? 0 : 1;
        kept[trial] = true;
    }

    private void keepBest(int until) {
        double[] worths = trials.stream()
                .mapToDouble(results ->
                        results.stream().mapToDouble(Result::worth).max().orElseThrow())
                .toArray();
        Integer[] order = new Integer[worths.length];
        Arrays.setAll(order, t -> t);
        // A stable sort keeps the earliest of equals.
        Arrays.sort(order, Comparator.comparingDouble(t -> -worths[t]));
        for (int i = 0; count < until; i++) {
            keep(order[i]);
        }
    }

    private void keepLatest(int until) {
        for (int t = kept.length - 1; count < until; t--) {
            keep(t);
        }
    }

    private void keepSpread(int until) {
        double[] distances = new double[kept.length];
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
        for (int t = 0; t < kept.length; t++) {
            if (kept[t]) {
                shorten(distances, t);
            }
        }
        while (count < until) {
            int farthest = -1;
            for (int t = 0; t < kept.length; t++) {
                if (!kept[t] && (farthest < 0 || distances[t] > distances[farthest])) {
                    farthest = t;
                }
            }
            keep(farthest);
            shorten(distances, farthest);
        }
    }

    /** Squared distances from the nearest kept point, with one more kept. */
    private void shorten(double[] distances, int added) {
        for (int t = 0; t < distances.length; t++) {
            double square = 0;
            for (int d = 0; d < points[t].length; d++) {
                double step = points[t][d] - points[added][d];
                square += step * step;
            }
            distances[t] = Math.min(distances[t], square);
        }
    }
}
