package dev.smt.jobs.iteration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.fleet.FleetModel;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.fleet.RankingStage;
import dev.smt.jobs.iteration.ShippingGate.Verdict;
import dev.smt.jobs.table.BaselineRow;
import dev.smt.jobs.table.ModelIterationRow;
import dev.smt.jobs.trial.Baseline;
import dev.smt.jobs.trial.PairedResult;
import dev.smt.metric.ModelDelta;
import dev.smt.serving.ServingCost;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShippingGateTest {
    private static final double NO_BUDGET = Double.POSITIVE_INFINITY;
    private static final ShippingGate GATE = new ShippingGate(0.05, 1, 0.02);

    @ParameterizedTest
    @CsvSource({"0.3, SHIPPED", "-0.05, SHIPPED", "-0.0501, KEPT_BASELINE", "-1, KEPT_BASELINE", "-1.001, RESISTED"})
    void theLossDecidesWithTheBoundariesOnTheMildSide(double delta, String outcome) {
        assertThat(judge(GATE, delta, 1, NO_BUDGET).outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"1.02, SHIPPED", "1.021, KEPT_BASELINE", "0.5, SHIPPED"})
    void servingStaysCapacityNeutral(double flopsRatio, String outcome) {
        assertThat(judge(GATE, 0.3, flopsRatio, NO_BUDGET).outcome()).isEqualTo(outcome);
    }

    @Test
    void anInfiniteToleranceDoesNotLimitTheCost() {
        ShippingGate open = new ShippingGate(0.05, 1, Double.POSITIVE_INFINITY);
        assertThat(judge(open, 0.3, 9, NO_BUDGET).outcome()).isEqualTo(ModelIterationRow.SHIPPED);
    }

    @Test
    void theModelsOwnBudgetIsKept() {
        // The baseline costs 1,000 FLOPs.
        assertThat(judge(GATE, 0.3, 1.01, 1010).outcome()).isEqualTo(ModelIterationRow.SHIPPED);
        assertThat(judge(GATE, 0.3, 1.01, 1009))
                .isEqualTo(new Verdict(ModelIterationRow.KEPT_BASELINE, "1010 FLOPs are above the budget of 1009"));
    }

    @Test
    void reasonsGiveTheNumbers() {
        assertThat(judge(GATE, -0.5, 1, NO_BUDGET).reason()).isEqualTo("NE delta -0.500 % is below -0.05 %");
        assertThat(judge(GATE, -2, 1, NO_BUDGET).reason()).isEqualTo("NE delta -2.000 %, a loss above 1.0 %");
        assertThat(judge(GATE, 0.3, 1.5, NO_BUDGET).reason())
                .isEqualTo("1.50 x the baseline's FLOPs is not capacity-neutral (allowed 1.02)");
    }

    @Test
    void aModelThatDoesNotTrainResists() {
        PairedResult failed = result(ModelDelta.failure("m"), Optional.of("the loss is NaN"), 1);
        assertThat(GATE.judge(model(NO_BUDGET), failed, baseline()))
                .isEqualTo(new Verdict(ModelIterationRow.RESISTED, "training failed: the loss is NaN"));
    }

    private static Verdict judge(ShippingGate gate, double delta, double flopsRatio, double budget) {
        ModelDelta modelDelta = new ModelDelta("m", false, delta, 0.01);
        return gate.judge(model(budget), result(modelDelta, Optional.empty(), flopsRatio), baseline());
    }

    private static PairedResult result(ModelDelta delta, Optional<String> reason, double flopsRatio) {
        return new PairedResult(
                delta,
                reason,
                OptionalDouble.empty(),
                0.9,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                flopsRatio,
                1,
                1,
                1,
                "cpu",
                "host",
                List.of(),
                Optional.empty());
    }

    private static FleetModel model(double budget) {
        return new FleetModel(
                "m",
                RankingStage.values()[0],
                1000,
                "cpu",
                "ctr",
                "feed",
                "full",
                1,
                "pipeline",
                List.of(OptimizationEvent.binary("click")),
                Set.of(),
                "sparse-nn-medium",
                "sparse-nn-medium@1",
                budget);
    }

    private static Baseline baseline() {
        OptionalDouble none = OptionalDouble.empty();
        BaselineRow row = new BaselineRow(
                "run",
                "m",
                "sparse-nn-medium",
                1,
                "data",
                1,
                "hash",
                "DONE",
                Optional.empty(),
                none,
                none,
                none,
                none,
                none,
                none,
                none,
                1000,
                1,
                1,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
        return new Baseline(row, new ServingCost(row.flops(), row.parameterBytes(), 0));
    }
}
