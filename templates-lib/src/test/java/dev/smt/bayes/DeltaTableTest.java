package dev.smt.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeltaTableTest {
    private final FleetObjective objective = Problems.fleet(2, 0.5);
    private final UnitCube cube = new UnitCube(SearchSpace.of(new Parameter.Real("x", 0, 2, false)));

    @Test
    void keepsDeltasAndSquaredErrorsInTheModelsOrder() {
        DeltaTable table = table(result(1, delta("m1", 0.2, 0.03), delta("m0", 0.1, Double.NaN)));

        assertThat(table.points).isDeepEqualTo(new double[][] {{0.5}});
        assertThat(table.deltas).isDeepEqualTo(new double[][] {{0.1, 0.2}});
        assertThat(table.variances[0]).containsExactly(new double[] {0, 0.0009}, within(1e-15));
        assertThat(table.complete).containsExactly(true);
        assertThat(table.anyFeasible).isTrue();
    }

    @Test
    void averagesReplicates() {
        DeltaTable table = table(
                result(1, delta("m0", 0.1, 0.04), delta("m1", 0.2, 0.04)),
                result(2, delta("m0", 0.0, 0.04), delta("m1", 0.0, 0.04)),
                result(1, delta("m0", 0.3, 0.04), delta("m1", 0.2, 0.04)));

        assertThat(table.points).isDeepEqualTo(new double[][] {{0.5}, {1}});
        assertThat(table.deltas[0]).containsExactly(new double[] {0.2, 0.2}, within(1e-15));
        assertThat(table.variances[0]).containsExactly(new double[] {0.0008, 0.0008}, within(1e-15));
    }

    @Test
    void aFailedModelIsFarBelowAndItsTrialIncomplete() {
        // Finite deltas 0.1, 0.2, 0.3: median 0.2, robust deviation 0.14826; the floor is 5 of them below zero.
        DeltaTable table = table(
                result(0, delta("m0", 0.1, 0.01), delta("m1", 0.2, 0.01)),
                result(1, delta("m0", 0.3, 0.01), ModelDelta.failure("m1")));

        assertThat(table.deltas[1][1]).isCloseTo(-0.7413, within(1e-12));
        assertThat(table.variances[1][1]).isZero();
        assertThat(table.complete).containsExactly(true, false);
    }

    @Test
    void aDivergedTrainingIsRaisedToTheFloorAndStillRegresses() {
        DeltaTable table = table(
                result(0, delta("m0", 0.1, 0.01), delta("m1", 0.2, 0.01)),
                result(1, delta("m0", 0.15, 0.01), delta("m1", -800, 0.01)),
                result(2, delta("m0", 0.3, 0.01), delta("m1", 0.3, 0.01)));

        assertThat(table.deltas[1][1]).isBetween(-1.0, -5 * objective.alpha());
        assertThat(table.deltas[0]).containsExactly(0.1, 0.2);
    }

    @Test
    void withoutAnyFiniteDeltaFailuresAreStillRegressions() {
        DeltaTable table = table(result(0, ModelDelta.failure("m0"), ModelDelta.failure("m1")));

        assertThat(table.deltas[0]).containsExactly(-0.25, -0.25);
        assertThat(table.anyFeasible).isFalse();
    }

    private DeltaTable table(Result... results) {
        return new DeltaTable(cube, objective, List.of(results));
    }

    private Result result(double x, ModelDelta... deltas) {
        return new Result(new ParameterValues(Map.of("x", x)), List.of(deltas), objective.outcome(List.of(deltas)));
    }

    private static ModelDelta delta(String model, double delta, double error) {
        return new ModelDelta(model, false, delta, error);
    }
}
