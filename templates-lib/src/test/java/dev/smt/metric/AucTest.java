package dev.smt.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AucTest {
    @Test
    void knowsPerfectReversedAndTiedScores() {
        float[] labels = {0, 0, 1, 1};

        assertThat(Auc.of(new float[] {-2, -1, 0, 3}, labels)).isEqualTo(1);
        assertThat(Auc.of(new float[] {3, 2, 1, -1}, labels)).isEqualTo(0);
        assertThat(Auc.of(new float[] {7, 7, 7, 7}, labels)).isEqualTo(0.5);
        assertThat(Auc.of(new float[] {-0f, 1, 0f, 2}, labels)).isEqualTo((0.5 + 0 + 1 + 1) / 4);
    }

    @Test
    void isNotDefinedForOneClass() {
        assertThat(Auc.of(new float[] {1, 2}, new float[] {1, 1})).isNaN();
        assertThat(Auc.of(new float[0], new float[0])).isNaN();
    }

    @Test
    void equalsTheShareOfWonPairs() {
        Random random = new Random(5);
        for (int repeat = 0; repeat < 20; repeat++) {
            float[] scores = new float[200];
            float[] labels = new float[200];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = (float) Math.round(random.nextGaussian() * 5);
                labels[i] = random.nextInt(3) == 0 ? 1 : 0;
            }
            assertThat(Auc.of(scores, labels)).isCloseTo(wonPairs(scores, labels), within(1e-12));
        }
    }

    private static double wonPairs(float[] scores, float[] labels) {
        double won = 0;
        double pairs = 0;
        for (int i = 0; i < scores.length; i++) {
            for (int j = 0; j < scores.length; j++) {
                if (labels[i] == 1 && labels[j] == 0) {
                    won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                    pairs++;
                }
            }
        }
        return won / pairs;
    }
}
