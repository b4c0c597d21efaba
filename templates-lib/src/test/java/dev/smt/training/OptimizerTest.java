package dev.smt.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class OptimizerTest {
    /** Against Algorithm 2 of Loshchilov and Hutter (2019), written down as it stands there, in double precision. */
    @Test
    void adamMovesAsPublished() {
        Random random = new Random(1);
        float[] parameters = {0.5f, -1};
        Adam adam = new Adam(new float[] {1, 0}, 0.1);
        double[] theta = {0.5, -1};
        double[] m = new double[2];
        double[] v = new double[2];
        for (int t = 1; t <= 50; t++) {
            float[] g = {(float) random.nextGaussian(), (float) (1e-3 * random.nextGaussian())};
            double rate = 0.01 * (t % 3 + 1);
            adam.update(parameters, g, rate);
            for (int i = 0; i < 2; i++) {
                m[i] = 0.9 * m[i] + 0.1 * g[i];
                v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i];
                double mHat = m[i] / (1 - Math.pow(0.9, t));
                double vHat = v[i] / (1 - Math.pow(0.999, t));
                double decay = i == 0 ? 0.1 : 0;
                theta[i] -= rate * (mHat / (Math.sqrt(vHat) + 1e-8) + decay * theta[i]);
            }
        }
        assertThat((double) parameters[0]).isCloseTo(theta[0], within(1e-5));
        assertThat((double) parameters[1]).isCloseTo(theta[1], within(1e-4));
    }

    @Test
    void scheduleWarmsUpAndDecaysLinearly() {
        LearningRateSchedule schedule = new LearningRateSchedule(11, 0.27, 0.5);

        assertThat(schedule.factor(0)).isEqualTo(0.25);
        assertThat(schedule.factor(2)).isEqualTo(0.75);
        assertThat(schedule.factor(3)).isEqualTo(1);
        assertThat(schedule.factor(10)).isEqualTo(0.5);
        assertThat(schedule.factor(6)).isCloseTo(1 - 0.5 * 3 / 7, within(1e-12));
    }

    @Test
    void scheduleWithoutWarmUpAndDecayIsConstant() {
        assertThat(new LearningRateSchedule(100, 0, 1).factor(0)).isEqualTo(1);
        assertThat(new LearningRateSchedule(100, 0, 1).factor(99)).isEqualTo(1);
        assertThat(new LearningRateSchedule(1, 0.9, 0.1).factor(0)).isEqualTo(0.5);
    }

    @Test
    void lossIsExactAndNeverOverflows() {
        assertThat(LogisticLoss.of(0, 1)).isEqualTo(Math.log(2));
        assertThat(LogisticLoss.of(2, 0.25)).isCloseTo(Math.log(1 + Math.exp(2)) - 0.5, within(1e-12));
        assertThat(LogisticLoss.of(1000, 0)).isEqualTo(1000);
        assertThat(LogisticLoss.of(-1000, 0)).isZero();
        assertThat(LogisticLoss.sigmoid(-1000)).isZero();
        assertThat(LogisticLoss.sigmoid(1000)).isEqualTo(1);
        assertThat(LogisticLoss.sigmoid(-2)).isCloseTo(1 / (1 + Math.exp(2)), within(1e-12));
    }
}
