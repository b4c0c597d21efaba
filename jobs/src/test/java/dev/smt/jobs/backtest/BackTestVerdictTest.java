package dev.smt.jobs.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.FleetOutcome;
import dev.smt.metric.ModelDelta;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackTestVerdictTest {
    private static final FleetObjective OBJECTIVE = new FleetObjective(0.05, 0.5, 0.05, Map.of("a", 3.0, "b", 1.0));

    @ParameterizedTest
    @CsvSource({
        // mu, R, passed: single gains 0.5, needed share 0.8, epsilon 0.1
        "0.4, 0.1, true",
        "0.9, 0, true",
        "0.399, 0.1, false",
        "0.4, 0.1001, false",
        "-0.1, 0, false",
        "NaN, 0.1, false"
    })
    void theGateIsAShareOfTheSingleGainsAndTheRegressionRate(double mu, double rate, boolean passed) {
        assertThat(verdict(mu, rate, rate <= 0.1, 0.02).passed()).isEqualTo(passed);
    }

    @ParameterizedTest
    @CsvSource({"0", "0.1", "10", "NaN"})
    void theStandardErrorDoesNotMoveTheGate(double standardError) {
        assertThat(verdict(0.4, 0, true, standardError).passed()).isTrue();
        assertThat(verdict(0.399, 0, true, standardError).passed()).isFalse();
    }

    @Test
    void theStandardErrorOfMuIsThatOfAWeightedMeanOfIndependentModels() {
        BackTestVerdict verdict = of(new ModelDelta("a", false, 0.2, 0.04), new ModelDelta("b", false, 0.6, 0.08));
        assertThat(verdict.outcome().mu()).isCloseTo(0.75 * 0.2 + 0.25 * 0.6, within(1e-12));
        assertThat(verdict.muStandardError())
                .isCloseTo(Math.sqrt(Math.pow(0.75 * 0.04, 2) + Math.pow(0.25 * 0.08, 2)), within(1e-12));
        assertThat(verdict.margin()).isCloseTo(0.3 - 0.8 * 0.5, within(1e-12));
    }

    @Test
    void aModelWithoutAStandardErrorLeavesMuWithoutOne() {
        BackTestVerdict verdict =
                of(new ModelDelta("a", false, 0.2, Double.NaN), new ModelDelta("b", false, 0.6, 0.08));
        assertThat(verdict.muStandardError()).isNaN();
        assertThat(verdict.text()).contains("mu +0.300 % (standard error not known), 0.100 % below the gate (gate");
    }

    @Test
    void aVersionWithAFailedModelDoesNotPassHoweverFewRegress() {
        BackTestVerdict verdict = of(new ModelDelta("a", false, 2, 0.04), ModelDelta.failure("b"));
        assertThat(verdict.passed()).isFalse();
        assertThat(verdict.text())
                .isEqualTo("failed, too many models regress: no mu, since a training failed (gate +0.400 %: 0.80 of the"
                        + " sum of single gains +0.500 %), R 0.50 (allowed 0.50)");
    }

    @Test
    void theTextGivesTheReasonTheNumbersAndHowFarTheGateIs() {
        assertThat(verdict(0.1, 0, true, 0.02).text())
                .isEqualTo(
                        "failed, the gains do not add up: mu +0.100 % with a standard error of 0.020 %, 0.300 % below"
                                + " the gate (15.0 standard errors) (gate +0.400 %: 0.80 of the sum of single gains +0.500 %),"
                                + " R 0.00 (allowed 0.10)");
        assertThat(verdict(0.41, 0, true, 0.02).text())
                .startsWith("passed: mu +0.410 % with a standard error of 0.020 %, 0.010 % above the gate (0.5 standard"
                        + " errors) (gate");
    }

    private static BackTestVerdict of(ModelDelta... deltas) {
        return BackTestVerdict.of(OBJECTIVE, List.of(deltas), 0.5, 0.8);
    }

    private static BackTestVerdict verdict(double mu, double rate, boolean feasible, double standardError) {
        return new BackTestVerdict(new FleetOutcome(mu, rate, feasible), standardError, 0.5, 0.8, 0.1);
    }
}
