package dev.smt.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcquisitionGradientTest {
    private static final UnitCube CUBE =
            new UnitCube(SearchSpace.of(new Parameter.Real("x", 0, 1, false), new Parameter.Real("y", 0, 1, false)));
    private static final double STEP = 1e-6;

    /** Shift -9: nothing is feasible; models 1: nothing can regress. */
    @ParameterizedTest(name = "{0} models, shift {1}, failures {2}, pending {3}, earlier trials {4}")
    @CsvSource({
        "4, 0, false, 0, 0",
        "4, -9, false, 1, 0",
        "4, 0, true, 2, 0",
        "1, 0, false, 0, 0",
        "4, 0, true, 1, 4",
        "1, 0, false, 0, 4"
    })
    void theGradientIsThatOfTheValue(int models, double shift, boolean failures, int pending, int before) {
        FleetObjective objective = Problems.fleet(models, models == 1 ? 1 : 0.25);
        Well19937c random = new Well19937c(3);
        List<Result> told = new ArrayList<>();
        for (int t = 0; t < 9; t++) {
            double x = random.nextDouble();
            double y = random.nextDouble();
            List<ModelDelta> deltas = new ArrayList<>();
            for (int i = 0; i < models; i++) {
                boolean failed = failures && x > 0.7 && i == 0;
                double delta = shift + Math.sin(3 * x + i) + y * (i % 2) - 0.3 * y * y;
                deltas.add(
                        failed ? ModelDelta.failure("m" + i) : new ModelDelta("m" + i, false, delta, 0.02 + 0.01 * i));
            }
            told.add(new Result(new ParameterValues(Map.of("x", x, "y", y)), deltas, objective.outcome(deltas)));
        }
        // The first trials are of another study, and of fleets that have a model more.
        List<Result> others = told.subList(0, before).stream()
                .map(result -> new Result(
                        result.theta(),
                        Stream.concat(
                                        result.deltas().stream(),
                                        Stream.of(new ModelDelta(
                                                "other", false, result.theta().real("x"), 0.1)))
                                .toList(),
                        result.outcome()))
                .toList();
        EarlierStudies earlier = before == 0 ? EarlierStudies.NONE : new EarlierStudies(Map.of("before", others));
        FleetSurrogate surrogate = FittedTrials.of(CUBE, objective, told.subList(before, told.size()), earlier)
                .surrogate();
        double[][] waiting = new double[pending][];
        for (int p = 0; p < pending; p++) {
            waiting[p] = new double[] {0.2 + 0.5 * p, 0.4};
        }
        Acquisition acquisition = new Acquisition(surrogate, objective, waiting, 64, new Well19937c(8));
        for (int at = 0; at < 10; at++) {
            double[] point = {random.nextDouble(), random.nextDouble()};
            double[] gradient = new double[2];
            double value = acquisition.at(point, gradient);
            assertThat(value).isEqualTo(acquisition.at(point));
            for (int d = 0; d < 2; d++) {
                double[] up = point.clone();
                double[] down = point.clone();
                up[d] += STEP;
                down[d] -= STEP;
                double slope = (acquisition.at(up) - acquisition.at(down)) / (2 * STEP);
                assertThat(gradient[d]).isCloseTo(slope, within(1e-4 * (1 + Math.abs(slope))));
            }
        }
    }
}
