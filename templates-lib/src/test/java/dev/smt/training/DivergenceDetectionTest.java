package dev.smt.training;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DivergenceDetectionTest {
    @Test
    void failsWhenTheSmoothedLossIsAboveTheLimitAfterTheWarmUp() {
        DivergenceDetection detection = new DivergenceDetection("click", 2, 0.5, 10);
        for (int step = 0; step < 10; step++) {
            int now = step;
            assertThatCode(() -> detection.check(now, 3, () -> "step " + now)).doesNotThrowAnyException();
        }
        assertThatThrownBy(() -> detection.check(10, 3, () -> "step 10 of 20"))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageStartingWith("the smoothed loss of label click is ")
                .hasMessageContaining(" at step 10 of 20, above the limit 1.0, which is divergence-factor 2.0 times the"
                        + " loss of always predicting the base rate, 0.5");
    }

    @Test
    void aSingleBadBatchIsNoDivergence() {
        DivergenceDetection detection = new DivergenceDetection("click", 2, 0.5, 0);
        for (int step = 0; step < 200; step++) {
            int now = step;
            double loss = step == 100 ? 20 : 0.4;
            assertThatCode(() -> detection.check(now, loss, () -> "step " + now))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void withoutFactorOnlyLossesThatAreNotFiniteFail() {
        DivergenceDetection detection = new DivergenceDetection("click", 0, 0.5, 0);

        assertThatCode(() -> detection.check(0, 1e9, () -> "step 0")).doesNotThrowAnyException();
        assertThatThrownBy(() -> detection.check(1, Double.NaN, () -> "step 1 of 20"))
                .hasMessageStartingWith("the loss of label click is NaN at step 1 of 20");
    }
}
