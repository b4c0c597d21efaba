package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import java.util.Arrays;

/** mu and the constraint's slack of a fleet whose deltas are known. */
final class Landscape {
    private final DeltaFunctions functions;
    private final double alpha;
    private final int allowed;
    private final double[] weights;
    private final double[] deltas;
    private final double[] sorted;

    /** mu at the current point, in percent NE; NaN where a model fails. */
    double mu;
    /** How far the delta that decides about feasibility is above -alpha; NaN where a model fails. */
    double slack;

    Landscape(DeltaFunctions functions, FleetObjective objective) {
        this.functions = functions;
        this.alpha = objective.alpha();
        this.allowed = objective.allowedRegressions();
        this.weights = objective.weights().values().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        this.deltas = new double[weights.length];
        this.sorted = new double[weights.length];
    }

    void moveTo(double[] point) {
        functions.at(point, deltas);
        mu = 0;
        for (int i = 0; i < deltas.length; i++) {
            mu += weights[i] * deltas[i];
        }
        System.arraycopy(deltas, 0, sorted, 0, deltas.length);
        Arrays.sort(sorted);
        slack = Double.isNaN(mu) ? Double.NaN : sorted[allowed] + alpha;
    }

    /** Whether the current point is feasible. */
    boolean feasible() {
        return slack >= 0;
    }
}
