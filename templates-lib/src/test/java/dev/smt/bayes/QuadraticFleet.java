package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.FleetOutcome;
import dev.smt.metric.ModelDelta;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Each model gains most at its own point, not far from the fleet's; the last one's is farther away. */
final class QuadraticFleet {
    static final int MODELS = 5;
    static final FleetObjective OBJECTIVE = Problems.fleet(MODELS, 0.2);
    static final SearchSpace SPACE = new SearchSpace(IntStream.range(0, 3)
            .<Parameter>mapToObj(i -> new Parameter.Real("t.x" + i, 0, 1, false))
            .toList());
    static final UnitCube CUBE = new UnitCube(SPACE);

    final double[] centre;
    private final double[][] tops = new double[MODELS][3];

    QuadraticFleet(long seed) {
        Random random = new Random(seed);
        // Off the middle, so that the mirrored fleet is another one.
        this.centre = random.doubles(3, 0.05, 0.3).toArray();
        for (int j = 0; j < 3; j++) {
            centre[j] = random.nextBoolean() ? 1 - centre[j] : centre[j];
            for (int i = 0; i < MODELS; i++) {
                tops[i][j] = centre[j] + (i < 3 ? 0.05 : 0.25) * random.nextGaussian();
            }
        }
    }

    List<ModelDelta> deltas(ParameterValues theta, UnaryOperator<double[]> seen) {
        double[] point = seen.apply(CUBE.encode(theta));
        List<ModelDelta> deltas = new ArrayList<>();
        for (int i = 0; i < MODELS; i++) {
            double square = 0;
            for (int j = 0; j < 3; j++) {
                square += (point[j] - tops[i][j]) * (point[j] - tops[i][j]);
            }
            deltas.add(new ModelDelta("m" + i, false, 0.4 - 2 * square, 0.01));
        }
        return deltas;
    }

    /** The largest A on a grid. */
    double largest() {
        double largest = 0;
        for (int i = 0; i < 21 * 21 * 21; i++) {
            double[] point = {i % 21 / 20.0, i / 21 % 21 / 20.0, i / 441 / 20.0};
            FleetOutcome outcome = OBJECTIVE.outcome(deltas(CUBE.decode(point), p -> p));
            largest = outcome.feasible() ? Math.max(largest, outcome.mu()) : largest;
        }
        return largest;
    }
}
