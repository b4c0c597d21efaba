package dev.smt.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Eq. 2 to 4 of the paper, worked out by hand. */
class FleetObjectiveTest {
    @Test
    void weightsTheDeltasByTheirShareOfTheSum() {
        FleetObjective objective = new FleetObjective(0.05, 0.5, 0.05, weights(6, 3, 1));

        FleetOutcome outcome = objective.outcome(deltas(0.2, 0.4, -1.0));

        assertThat(objective.weights())
                .containsExactly(Map.entry("m0", 0.6), Map.entry("m1", 0.3), Map.entry("m2", 0.1));
        assertThat(outcome.mu()).isCloseTo(0.12 + 0.12 - 0.1, within(1e-15));
        assertThat(outcome.regressionRate()).isEqualTo(1.0 / 3);
        assertThat(outcome.feasible()).isTrue();
        assertThat(outcome.aggregate()).isEqualTo(outcome.mu());
    }

    @Test
    void theOrderOfTheDeltasDoesNotMatter() {
        FleetObjective objective = new FleetObjective(0.05, 0.5, 0.05, weights(6, 3, 1));
        List<ModelDelta> turned = new ArrayList<>(deltas(0.2, 0.4, -1.0));
        java.util.Collections.reverse(turned);

        assertThat(objective.outcome(turned)).isEqualTo(objective.outcome(deltas(0.2, 0.4, -1.0)));
    }

    @Test
    void theRegressionRateIgnoresTheWeights() {
        FleetObjective objective = new FleetObjective(0.05, 0.1, 0.05, weights(1e-9, 1, 1, 1));

        assertThat(objective.outcome(deltas(-1, 1, 1, 1)).regressionRate()).isEqualTo(0.25);
        assertThat(objective.outcome(deltas(-1, 1, 1, 1)).aggregate()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @ParameterizedTest
    @CsvSource({"-0.05, false", "-0.0500001, true", "0, false", "-0.04999, false"})
    void regressesOnlyStrictlyBelowMinusAlpha(double delta, boolean regresses) {
        FleetObjective objective = new FleetObjective(0.05, 0.1, 0.05, weights(1));

        assertThat(objective.regresses(new ModelDelta("m0", false, delta, 0.01)))
                .isEqualTo(regresses);
    }

    @ParameterizedTest
    @CsvSource({
        "10, 1, 0.1, true",
        "20, 2, 0.1, true",
        "20, 3, 0.1, false",
        "10, 3, 0.3, true",
        "30, 3, 0.1, true",
        "49, 5, 0.1, false",
        "50, 5, 0.1, true",
        "3, 0, 0, true",
        "3, 1, 0, false",
        "7, 7, 1, true"
    })
    void aRegressionRateOfExactlyEpsilonIsFeasible(int models, int regressing, double epsilon, boolean feasible) {
        FleetObjective objective = new FleetObjective(0.05, epsilon, 0.05, equal(models));
        double[] deltas = IntStream.range(0, models)
                .mapToDouble(i -> i < regressing ? -1 : 1)
                .toArray();

        assertThat(objective.outcome(deltas(deltas)).feasible()).isEqualTo(feasible);
        assertThat(regressing <= objective.allowedRegressions()).isEqualTo(feasible);
    }

    @Test
    void aLargeGainWithManyRegressionsRanksBelowASmallSafeOne() {
        // Paper, section 5.2, lesson 5: 5 % gain with 20 % regressions against 2 % with 2 %.
        FleetObjective objective = new FleetObjective(0.05, 0.1, 0.05, equal(50));
        double[] risky =
                IntStream.range(0, 50).mapToDouble(i -> i < 10 ? -1 : 6.5).toArray();
        double[] safe = IntStream.range(0, 50)
                .mapToDouble(i -> i < 1 ? -1 : 2.0612244897959184)
                .toArray();

        FleetOutcome large = objective.outcome(deltas(risky));
        FleetOutcome small = objective.outcome(deltas(safe));

        assertThat(large.mu()).isCloseTo(5, within(1e-12));
        assertThat(large.regressionRate()).isEqualTo(0.2);
        assertThat(small.mu()).isCloseTo(2, within(1e-12));
        assertThat(small.regressionRate()).isEqualTo(0.02);
        assertThat(large.aggregate()).isLessThan(small.aggregate());
    }

    @Test
    void aFailedModelCountsAsARegressionAndLeavesNoMean() {
        FleetObjective objective = new FleetObjective(0.05, 0.5, 0.05, equal(4));
        List<ModelDelta> deltas = new ArrayList<>(deltas(1, 1, 1));
        deltas.add(ModelDelta.failure("m3"));

        FleetOutcome outcome = objective.outcome(deltas);

        assertThat(outcome.regressionRate()).isEqualTo(0.25);
        assertThat(outcome.mu()).isNaN();
        assertThat(outcome.aggregate()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void anIncompleteTrialHasNoOutcome() {
        FleetObjective objective = new FleetObjective(0.05, 0.5, 0.05, equal(4));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> objective.outcome(deltas(1, 1)))
                .withMessage("incomplete trial: no result of model m2, m3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> objective.outcome(deltas(1, 1, 1, 1, 1)))
                .withMessageContaining("model m4");
    }

    @Test
    void namesAllProblemsAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FleetObjective(-1, 1.5, Double.NaN, weights(1, -2)))
                .withMessageContainingAll("alpha is -1.0", "epsilon is 1.5", "tau is NaN", "model m1 is -2.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FleetObjective(0, 0, 0, weights(0, 0)))
                .withMessage("the weights of 2 models sum to 0.0; allowed: a finite sum above 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FleetObjective(0, 0, 0, weights(1e308, 1e308)))
                .withMessageContaining("sum to Infinity");
    }

    private static Map<String, Double> equal(int models) {
        double[] ones = new double[models];
        java.util.Arrays.fill(ones, 1);
        return weights(ones);
    }

    private static Map<String, Double> weights(double... weights) {
        Map<String, Double> byModel = new LinkedHashMap<>();
        for (int i = 0; i < weights.length; i++) {
            byModel.put("m" + i, weights[i]);
        }
        return byModel;
    }

    private static List<ModelDelta> deltas(double... deltas) {
        return IntStream.range(0, deltas.length)
                .mapToObj(i -> new ModelDelta("m" + i, false, deltas[i], 0.01))
                .toList();
    }
}
