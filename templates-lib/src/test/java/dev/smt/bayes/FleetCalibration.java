package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Finds what to add to the models' deltas so that the best mu is a wanted one, and so that regressions cut it off: all
 * models are shifted alike; then the few that would gain most by leaving the best point are lowered together.
 */
final class FleetCalibration {
    private static final int BISECTIONS = 40;
    private static final double DEEPEST = 3;

    private final double[] weights;
    private final double alpha;
    private final int allowed;
    /** Deltas at the spread points, [P][M]. */
    private final double[][] deltas;

    FleetCalibration(DeltaFunctions functions, FleetObjective objective, double[][] spread) {
        this.weights = objective.weights().values().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        this.alpha = objective.alpha();
        this.allowed = objective.allowedRegressions();
        this.deltas = new double[spread.length][weights.length];
        for (int p = 0; p < spread.length; p++) {
            functions.at(spread[p], deltas[p]);
        }
    }

    /** A constant per model: the best feasible mu of the spread points is {@code wanted}, the best mu {@code cut} more. */
    double[] shifts(double wanted, double cut, int minority) {
        int best = best(new double[weights.length]);
        double[] shifts = new double[weights.length];
        Arrays.fill(shifts, wanted + cut - mu(best, shifts));
        int[] lowered = IntStream.range(0, weights.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> deltas[best][i] - highest(i)))
                .limit(minority)
                .mapToInt(i -> i)
                .toArray();
        double low = 0;
        double high = DEEPEST;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            boolean tooHigh = largest(lowered(shifts, lowered, middle)) > wanted;
            low = tooHigh ? middle : low;
            high = tooHigh ? high : middle;
        }
        return lowered(shifts, lowered, high);
    }

    private static double[] lowered(double[] shifts, int[] models, double by) {
        double[] moved = shifts.clone();
        for (int model : models) {
            moved[model] -= by;
        }
        return moved;
    }

    private double highest(int model) {
        return Arrays.stream(deltas)
                .mapToDouble(row -> row[model])
                .filter(Double::isFinite)
                .max()
                .orElseThrow();
    }

    private int best(double[] shifts) {
        return IntStream.range(0, deltas.length)
                .filter(p -> !Double.isNaN(mu(p, shifts)))
                .boxed()
                .max(Comparator.comparingDouble(p -> mu(p, shifts)))
                .orElseThrow();
    }

    private double mu(int point, double[] shifts) {
        double mu = 0;
        for (int i = 0; i < weights.length; i++) {
            mu += weights[i] * (deltas[point][i] + shifts[i]);
        }
        return mu;
    }

    /** The largest feasible mu; minus infinity where no point is feasible. */
    private double largest(double[] shifts) {
        return IntStream.range(0, deltas.length)
                .filter(p -> feasible(p, shifts))
                .mapToDouble(p -> mu(p, shifts))
                .max()
                .orElse(Double.NEGATIVE_INFINITY);
    }

    private boolean feasible(int point, double[] shifts) {
        int regressions = 0;
        for (int i = 0; i < weights.length; i++) {
            if (Double.isNaN(deltas[point][i])) {
                return false;
            }
            regressions += deltas[point][i] + shifts[i] < -alpha ? 1 : 0;
        }
        return regressions <= allowed;
    }

    /** Share of the spread points that are feasible. */
    double feasibleShare(double[] shifts) {
        return IntStream.range(0, deltas.length)
                        .filter(p -> feasible(p, shifts))
                        .count()
                / (double) deltas.length;
    }
}
