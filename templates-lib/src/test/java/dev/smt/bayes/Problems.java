package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Functions with known optima. */
final class Problems {
    /** Minimum of {@link #branin}: Surjanovic and Bingham, Virtual Library of Simulation Experiments. */
    static final double BRANIN_MINIMUM = 0.397887;

    /** Minimum of {@link #hartmann6}: the same library. */
    static final double HARTMANN6_MINIMUM = -3.32237;

    static final SearchSpace BRANIN =
            SearchSpace.of(new Parameter.Real("x1", -5, 10, false), new Parameter.Real("x2", 0, 15, false));

    static final SearchSpace HARTMANN6 = new SearchSpace(IntStream.range(0, 6)
            .<Parameter>mapToObj(i -> new Parameter.Real("x" + i, 0, 1, false))
            .toList());

    private static final double[] HARTMANN_ALPHA = {1.0, 1.2, 3.0, 3.2};
    private static final double[][] HARTMANN_A = {
        {10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}
    };
    private static final double[][] HARTMANN_P = {
        {0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886},
        {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
        {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650},
        {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}
    };

    private static final Map<String, Double> KIND_EFFECTS = Map.of("A", 0.0, "B", 0.15, "C", -0.6);

    private Problems() {}

    static double branin(ParameterValues theta) {
        double x1 = theta.real("x1");
        double x2 = theta.real("x2");
        double parabola = x2 - 5.1 / (4 * Math.PI * Math.PI) * x1 * x1 + 5 / Math.PI * x1 - 6;
        return parabola * parabola + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x1) + 10;
    }

    static double hartmann6(ParameterValues theta) {
        double[] point = new double[6];
        Arrays.setAll(point, j -> theta.real("x" + j));
        return hartmann6(point);
    }

    /** At a point of the unit cube. */
    static double hartmann6(double[] point) {
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            double exponent = 0;
            for (int j = 0; j < 6; j++) {
                double step = point[j] - HARTMANN_P[i][j];
                exponent += HARTMANN_A[i][j] * step * step;
            }
            sum -= HARTMANN_ALPHA[i] * Math.exp(-exponent);
        }
        return sum;
    }

    /** One model, never infeasible. */
    static FleetObjective single() {
        return new FleetObjective(0.05, 1, 0.05, Map.of("only", 1.0));
    }

    /** An objective over models named m0, m1, ... of equal weight. */
    static FleetObjective fleet(int models, double epsilon) {
        Map<String, Double> weights = new LinkedHashMap<>();
        IntStream.range(0, models).forEach(i -> weights.put("m" + i, 1.0));
        return new FleetObjective(0.05, epsilon, 0.05, weights);
    }

    /** Eight models: two real, one categorical and one whole parameter; see {@link #planted}. */
    static final SearchSpace PLANTED = SearchSpace.of(
            new Parameter.Real("t.rate", 1e-4, 1, true),
            new Parameter.Real("t.share", 0, 1, false),
            new Parameter.Categorical("t.kind", List.of("A", "B", "C")),
            new Parameter.Whole("t.depth", 1, 6, false));

    /**
     * Six models gain most near share 0.87; the last two gain little, and regress where the share is large, so that the
     * best mean has a regression rate of 0.25. Kind B is good for all, kind C loses for all; depth 4 is best.
     */
    static List<ModelDelta> planted(ParameterValues theta) {
        double rate = Math.log10(theta.real("t.rate")) / 4 + 1;
        double kind = KIND_EFFECTS.get(theta.level("t.kind"));
        double depth = -0.02 * Math.abs(theta.whole("t.depth") - 4);
        double common = 0.4 + kind + depth - 1.2 * (rate - 0.7) * (rate - 0.7);
        List<ModelDelta> deltas = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            double distance = theta.real("t.share") - (i < 6 ? 0.85 + 0.02 * (i % 3) : 0.35);
            double own = i < 6 ? -2 * distance * distance : -0.5 + 0.02 * i - 2.5 * distance * distance;
            deltas.add(new ModelDelta("m" + i, false, common + own, 0.01));
        }
        return deltas;
    }
}
