package dev.smt.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LearningRateScheduleTest {
    @ParameterizedTest
    @EnumSource
    void warmsUpLinearlyToThePeakAndNeverRisesAfterIt(Schedule form) {
        LearningRateSchedule schedule = new LearningRateSchedule(form, 11, 0.27, 0.5);

        assertThat(schedule.warmup()).isEqualTo(3);
        assertThat(schedule.factor(0)).isEqualTo(0.25);
        assertThat(schedule.factor(2)).isEqualTo(0.75);
        assertThat(schedule.factor(3)).isEqualTo(1);
        for (int step = 4; step < 11; step++) {
            assertThat(schedule.factor(step))
                    .isLessThan(schedule.factor(step - 1))
                    .isGreaterThanOrEqualTo(0.5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isConstantWithoutWarmUpAndDecay(Schedule form) {
        assertThat(new LearningRateSchedule(form, 100, 0, 1).factor(0)).isEqualTo(1);
        assertThat(new LearningRateSchedule(form, 100, 0, 1).factor(99)).isEqualTo(1);
        assertThat(new LearningRateSchedule(form, 1, 0.9, 0.1).factor(0)).isEqualTo(0.5);
    }

    @Test
    void linearIsAStraightLineToTheDecay() {
        LearningRateSchedule schedule = new LearningRateSchedule(Schedule.LINEAR, 11, 0.27, 0.5);

        assertThat(schedule.factor(10)).isEqualTo(0.5);
        assertThat(schedule.factor(6)).isCloseTo(1 - 0.5 * 3 / 7, within(1e-12));
    }

    @Test
    void cosineIsHalfAWaveToTheDecay() {
        LearningRateSchedule schedule = new LearningRateSchedule(Schedule.COSINE, 101, 0, 0.2);

        assertThat(schedule.factor(25)).isCloseTo(0.2 + 0.8 * (1 + Math.sqrt(0.5)) / 2, within(1e-12));
        assertThat(schedule.factor(50)).isCloseTo(0.6, within(1e-12));
        assertThat(schedule.factor(100)).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void inverseSquareRootHalvesWhenTheStepsAreFourTimesThoseOfTheWarmUp() {
        LearningRateSchedule schedule = new LearningRateSchedule(Schedule.INVERSE_SQUARE_ROOT, 1000, 0.024, 0.2);

        assertThat(schedule.warmup()).isEqualTo(24);
        assertThat(schedule.factor(99)).isEqualTo(0.5);
        assertThat(schedule.factor(999)).isEqualTo(0.2);
    }
}
