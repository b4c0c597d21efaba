package dev.smt.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.smt.bayes.SobolIndices.Index;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class SobolIndicesTest {
    private static final int POINTS = 1024;
    private static final int SHIFTS = 8;
    /** Ishigami and Homma 1990, with a = 7 and b = 0.1. */
    private static final double A = 7;

    private static final double B = 0.1;
    private static final double PI4 = Math.pow(Math.PI, 4);
    private static final double ALONE_1 = 0.5 * Math.pow(1 + B * PI4 / 5, 2);
    private static final double ALONE_2 = A * A / 8;
    private static final double TOGETHER_13 = 8 * B * B * PI4 * PI4 / 225;
    private static final double VARIANCE = ALONE_1 + ALONE_2 + TOGETHER_13;
    private static final double[] FIRST = {ALONE_1 / VARIANCE, ALONE_2 / VARIANCE, 0};
    private static final double[] TOTAL = {
        (ALONE_1 + TOGETHER_13) / VARIANCE, ALONE_2 / VARIANCE, TOGETHER_13 / VARIANCE
    };

    private static double ishigami(double[] u) {
        double x1 = Math.PI * (2 * u[0] - 1);
        double x2 = Math.PI * (2 * u[1] - 1);
        double x3 = Math.PI * (2 * u[2] - 1);
        return Math.sin(x1) + A * Math.pow(Math.sin(x2), 2) + B * Math.pow(x3, 4) * Math.sin(x1);
    }

    @Test
    void findsTheKnownIndicesOfIshigamisFunction() {
        assertThat(FIRST[0]).isCloseTo(0.3139, within(5e-5));
        assertThat(TOTAL[2]).isCloseTo(0.2437, within(5e-5));
        SobolIndices found = indices(SobolIndicesTest::ishigami, 3, 1);
        assertThat(found.variance()).isCloseTo(VARIANCE, within(0.005 * VARIANCE));
        for (int k = 0; k < 3; k++) {
            Index index = found.coordinates().get(k);
            assertThat(index.firstOrder()).as("S%d", k + 1).isCloseTo(FIRST[k], within(0.015));
            assertThat(index.total()).as("T%d", k + 1).isCloseTo(TOTAL[k], within(0.002));
            assertThat(index.firstOrderError()).isBetween(0.0, 0.008);
            assertThat(index.totalError()).isBetween(0.0, 0.001);
        }
    }

    @Test
    void twoStandardErrorsHoldTheKnownIndicesInNearlyAllCases() {
        int held = 0;
        int all = 0;
        for (long seed = 0; seed < 40; seed++) {
            SobolIndices found = SobolIndices.of(SobolIndicesTest::ishigami, 3, 128, SHIFTS, seed)
                    .orElseThrow();
            for (int k = 0; k < 3; k++) {
                Index index = found.coordinates().get(k);
                held += Math.abs(index.firstOrder() - FIRST[k]) <= 2 * index.firstOrderError() ? 1 : 0;
                held += Math.abs(index.total() - TOTAL[k]) <= 2 * index.totalError() ? 1 : 0;
                all += 2;
            }
        }
        // Student's t with 7 degrees of freedom: 91.4 %.
        assertThat((double) held / all).isBetween(0.84, 0.98);
    }

    @Test
    void theCoordinatesOfALinearFunctionActByThemselves() {
        double[] slopes = {3, -1, 0.5, 0};
        double squares = 9 + 1 + 0.25;
        SobolIndices found = indices(u -> 5 + slopes[0] * u[0] + slopes[1] * u[1] + slopes[2] * u[2], 4, 2);
        assertThat(found.variance()).isCloseTo(squares / 12, within(1e-3));
        for (int k = 0; k < 4; k++) {
            double share = slopes[k] * slopes[k] / squares;
            assertThat(found.coordinates().get(k).firstOrder()).isCloseTo(share, within(2e-3));
            assertThat(found.coordinates().get(k).total()).isCloseTo(share, within(2e-3));
        }
        assertThat(found.coordinates().get(3)).isEqualTo(new Index(0, 0, 0, 0));
    }

    @Test
    void whatOnlyActsThroughAnotherHasATotalIndexOnly() {
        SobolIndices found = indices(u -> (u[0] - 0.5) * (u[1] - 0.5), 2, 3);
        assertThat(found.coordinates()).allSatisfy(index -> {
            assertThat(index.firstOrder()).isCloseTo(0, within(0.02));
            assertThat(index.total()).isCloseTo(1, within(0.005));
        });
    }

    @Test
    void indicesDependOnNeitherTheFunctionsUnitNorItsLevel() {
        SobolIndices found = indices(SobolIndicesTest::ishigami, 3, 4);
        SobolIndices moved = indices(u -> 1000 - 0.001 * ishigami(u), 3, 4);
        for (int k = 0; k < 3; k++) {
            assertThat(moved.coordinates().get(k).total())
                    .isCloseTo(found.coordinates().get(k).total(), within(1e-8));
            assertThat(moved.coordinates().get(k).firstOrder())
                    .isCloseTo(found.coordinates().get(k).firstOrder(), within(1e-8));
        }
    }

    @Test
    void aConstantFunctionHasNoVarianceToShare() {
        assertThat(SobolIndices.of(u -> 0.1, 2, POINTS, SHIFTS, 1)).isEmpty();
        assertThat(SobolIndices.of(u -> 0, 2, POINTS, SHIFTS, 1)).isEmpty();
    }

    @Test
    void theSameSeedGivesTheSameIndices() {
        assertThat(indices(SobolIndicesTest::ishigami, 3, 9)).isEqualTo(indices(SobolIndicesTest::ishigami, 3, 9));
        assertThat(indices(SobolIndicesTest::ishigami, 3, 9)).isNotEqualTo(indices(SobolIndicesTest::ishigami, 3, 10));
    }

    @Test
    void refusesWhatGivesNoError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SobolIndices.of(u -> u[0], 1, 8, 1, 1))
                .withMessageContaining("shifts 1; allowed: a dimension of 1 or more");
        assertThatIllegalArgumentException().isThrownBy(() -> SobolIndices.of(u -> 1, 0, 8, 2, 1));
    }

    private static SobolIndices indices(ToDoubleFunction<double[]> function, int dimension, long seed) {
        return SobolIndices.of(function, dimension, POINTS, SHIFTS, seed).orElseThrow();
    }
}
