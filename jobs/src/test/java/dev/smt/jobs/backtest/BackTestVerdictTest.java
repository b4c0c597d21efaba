package dev.smt.jobs.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.metric.FleetOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackTestVerdictTest {

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
        FleetOutcome outcome = new FleetOutcome(mu, rate, rate <= 0.1);
        assertThat(BackTestVerdict.of(outcome, 0.5, 0.8, 0.1).passed()).isEqualTo(passed);
    }

    @Test
    void aVersionWithAFailedModelDoesNotPassHoweverFewRegress() {
        BackTestVerdict verdict = BackTestVerdict.of(new FleetOutcome(Double.NaN, 0.05, false), 0.5, 0.8, 0.1);
        assertThat(verdict.passed()).isFalse();
        assertThat(verdict.text()).startsWith("failed, too many models regress: ");
    }

    @Test
    void theTextGivesTheReasonAndTheNumbers() {
        assertThat(BackTestVerdict.of(new FleetOutcome(0.1, 0, true), 0.5, 0.8, 0.1)
                        .text())
                .isEqualTo("failed, the gains do not add up: mu +0.100 % (sum of single gains +0.500 %, needed share "
                        + "0.80), R 0.00 (allowed 0.10)");
        assertThat(BackTestVerdict.of(new FleetOutcome(0.6, 0, true), 0.5, 0.8, 0.1)
                        .text())
                .startsWith("passed: mu +0.600 %");
    }
}
