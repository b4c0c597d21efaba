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
import java.util.function.DoubleFunction;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;

class AcquisitionTest {
    private static final UnitCube CUBE = new UnitCube(SearchSpace.of(new Parameter.Real("x", 0, 1, false)));

    @Test
    void theLogarithmsAreFiniteAndExactFarOut() {
        assertThat(Acquisition.logSigmoid(0)).isCloseTo(Math.log(0.5), within(1e-15));
        assertThat(Acquisition.logSigmoid(-1e6)).isEqualTo(-1e6);
        assertThat(Acquisition.logSigmoid(Double.POSITIVE_INFINITY)).isZero();
        assertThat(Acquisition.logSoftplus(0)).isCloseTo(Math.log(Math.log(2)), within(1e-15));
        assertThat(Acquisition.logSoftplus(-1e6)).isEqualTo(-1e6);
        assertThat(Acquisition.logSoftplus(1e6)).isCloseTo(Math.log(1e6), within(1e-12));
        for (double seam : new double[] {-30, 30}) {
            assertThat(Acquisition.logSoftplus(Math.nextUp(seam)))
                    .isCloseTo(Acquisition.logSoftplus(Math.nextDown(seam)), within(1e-12));
        }
        assertThat(Acquisition.logMeanExp(new double[] {-2000, -2000})).isEqualTo(-2000);
        assertThat(Acquisition.logMeanExp(new double[] {Math.log(1), Math.log(3)}))
                .isCloseTo(Math.log(2), within(1e-15));
    }

    @Test
    void wantsToImproveWhereTheModelPromisesIt() {
        Acquisition acquisition = acquisition(Problems.fleet(2, 1), x -> deltas(x, x), List.of(), 0, 0.25, 0.5, 0.75);

        assertThat(acquisition.at(new double[] {0.95})).isGreaterThan(acquisition.at(new double[] {0.4}));
    }

    @Test
    void staysAwayFromPendingPoints() {
        DoubleFunction<List<ModelDelta>> hill = x -> deltas(-(x - 0.6) * (x - 0.6), -(x - 0.6) * (x - 0.6));
        FleetObjective objective = Problems.fleet(2, 1);
        double free = acquisition(objective, hill, List.of(), 0, 0.3, 0.9).at(new double[] {0.62});
        double pending = acquisition(objective, hill, List.of(new double[] {0.62}), 0, 0.3, 0.9)
                .at(new double[] {0.62});

        assertThat(pending).isLessThan(free - 1);
    }

    @Test
    void avoidsWhatLooksBestButRegresses() {
        // The mean rises with x, but from 0.5 on the second model regresses; both told ends say so.
        DoubleFunction<List<ModelDelta>> risky = x -> deltas(2 * x, 0.5 - x);
        Acquisition acquisition = acquisition(Problems.fleet(2, 0), risky, List.of(), 0, 0.2, 0.4, 0.7, 1);

        assertThat(acquisition.at(new double[] {0.5})).isGreaterThan(acquisition.at(new double[] {0.9}) + 2);
    }

    @Test
    void looksForFeasibilityWhileNothingIsFeasible() {
        // Every told trial regresses, the less so the smaller x; the mean is best at the other end.
        DoubleFunction<List<ModelDelta>> infeasible = x -> deltas(3 * x, -0.1 - x);
        Acquisition acquisition = acquisition(Problems.fleet(2, 0), infeasible, List.of(), 0.3, 0.6, 0.8, 1);

        assertThat(acquisition.at(new double[] {0})).isGreaterThan(acquisition.at(new double[] {0.9}));
    }

    @Test
    void staysAwayFromWhereTrialsFail() {
        DoubleFunction<List<ModelDelta>> cliff =
                x -> x > 0.5 ? List.of(ModelDelta.failure("m0"), new ModelDelta("m1", false, x, 0.01)) : deltas(x, x);
        Acquisition acquisition = acquisition(Problems.fleet(2, 0.5), cliff, List.of(), 0, 0.2, 0.4, 0.6, 0.8, 1);

        assertThat(acquisition.at(new double[] {0.45})).isGreaterThan(acquisition.at(new double[] {0.9}) + 1);
    }

    private static Acquisition acquisition(
            FleetObjective objective, DoubleFunction<List<ModelDelta>> world, List<double[]> pending, double... xs) {
        List<Result> told = new ArrayList<>();
        for (double x : xs) {
            List<ModelDelta> deltas = world.apply(x);
            told.add(new Result(new ParameterValues(Map.of("x", x)), deltas, objective.outcome(deltas)));
        }
        FleetSurrogate surrogate =
                FleetSurrogate.fit(CoordinateGroups.of(CUBE), objective, new DeltaTable(CUBE, objective, told));
        return new Acquisition(surrogate, objective, pending.toArray(double[][]::new), 256, new Well19937c(8));
    }

    private static List<ModelDelta> deltas(double first, double second) {
        return List.of(new ModelDelta("m0", false, first, 0.01), new ModelDelta("m1", false, second, 0.01));
    }
}
