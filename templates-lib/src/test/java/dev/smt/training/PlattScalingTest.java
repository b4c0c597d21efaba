package dev.smt.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlattScalingTest {
    private static final int ROWS = 60_000;

    /** Labels follow the log odds 1.4 z - 2, but the model says z. */
    @Test
    void mendsPlantedMiscalibration() {
        float[] logits = new float[ROWS];
        float[] labels = new float[ROWS];
        plant(logits, labels, 1);
        float[] otherLogits = new float[ROWS];
        float[] otherLabels = new float[ROWS];
        plant(otherLogits, otherLabels, 2);
        assertThat(calibration(PlattScaling.IDENTITY, logits, labels)).isGreaterThan(1.5);

        PlattScaling scaling = PlattScaling.fit(logits, labels, logits.length);

        assertThat(scaling.slope()).isCloseTo(1.4, within(0.03));
        assertThat(scaling.intercept()).isCloseTo(-2, within(0.03));
        assertThat(calibration(scaling, logits, labels)).isBetween(0.9999, 1.0001);
        assertThat(calibration(scaling, otherLogits, otherLabels)).isBetween(0.99, 1.01);
    }

    @Test
    void isTheMinimumOfTheLogLoss() {
        float[] logits = new float[2000];
        float[] labels = new float[2000];
        plant(logits, labels, 3);

        PlattScaling scaling = PlattScaling.fit(logits, labels, logits.length);

        double best = loss(scaling, logits, labels);
        for (double move : new double[] {-0.02, 0.02}) {
            assertThat(loss(new PlattScaling(scaling.slope() + move, scaling.intercept()), logits, labels))
                    .isGreaterThan(best);
            assertThat(loss(new PlattScaling(scaling.slope(), scaling.intercept() + move), logits, labels))
                    .isGreaterThan(best);
        }
    }

    @Test
    void staysFiniteWhereLabelsAreSeparatedOrAllTheSame() {
        float[] logits = {-2, -1, 1, 2};

        PlattScaling separated = PlattScaling.fit(logits, new float[] {0, 0, 1, 1}, 4);
        PlattScaling negatives = PlattScaling.fit(logits, new float[4], 4);
        PlattScaling same = PlattScaling.fit(new float[4], new float[] {0, 0, 0, 1}, 4);

        assertThat(separated.slope()).isBetween(0.1, 10.0);
        assertThat(separated.intercept()).isCloseTo(0, within(1e-6));
        // Targets are Platt's: 1 / (m + 2) where there are m negatives only; that no slope fits them best is no reason
        // to
        // give all rows the same.
        double mean = 0;
        for (float logit : logits) {
            mean += LogisticLoss.sigmoid(negatives.apply(logit)) / 4;
        }
        assertThat(mean).isCloseTo(1 / 6.0, within(1e-6));
        // Logits without spread leave the slope open: the mean target decides the intercept.
        assertThat(LogisticLoss.sigmoid(same.apply(0))).isCloseTo((3 * 0.2 + 2 / 3.0) / 4, within(1e-6));
    }

    @Test
    void neverTurnsTheRankingAround() {
        float[] logits = {-2, -1, 1, 2, 9};

        PlattScaling scaling = PlattScaling.fit(logits, new float[] {1, 1, 0, 0, 1}, 4);

        assertThat(scaling.slope()).isEqualTo(1);
        assertThat(scaling.intercept()).isCloseTo(0, within(1e-6));
    }

    private static void plant(float[] logits, float[] labels, long seed) {
        Random random = new Random(seed);
        for (int row = 0; row < logits.length; row++) {
            double z = 1.5 * random.nextGaussian();
            logits[row] = (float) z;
            labels[row] = random.nextDouble() < LogisticLoss.sigmoid(1.4 * z - 2) ? 1 : 0;
        }
        assertThat(Arrays.equals(labels, new float[labels.length])).isFalse();
    }

    private static double calibration(PlattScaling scaling, float[] logits, float[] labels) {
        double predicted = 0;
        double positives = 0;
        for (int row = 0; row < logits.length; row++) {
            predicted += LogisticLoss.sigmoid(scaling.apply(logits[row]));
            positives += labels[row];
        }
        return predicted / positives;
    }

    private static double loss(PlattScaling scaling, float[] logits, float[] labels) {
        double loss = 0;
        for (int row = 0; row < logits.length; row++) {
            loss += LogisticLoss.of(scaling.apply(logits[row]), labels[row]);
        }
        return loss;
    }
}
