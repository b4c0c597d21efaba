package dev.smt.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CholeskyTest {
    @Test
    void solvesAndMultiplies() {
        // L = [[2, 0], [1, 3]], so A = [[4, 2], [2, 10]].
        Cholesky factor = Cholesky.of(new double[][] {{4, 2}, {2, 10}}, 0);

        assertThat(factor.times(new double[] {1, 2})).containsExactly(2, 7);
        assertThat(factor.solve(new double[] {8, 22})).containsExactly(new double[] {1, 2}, within(1e-14));
    }

    @Test
    void climbsTheJitterLadderForASingularMatrix() {
        double[] solution = Cholesky.of(new double[][] {{1, 1}, {1, 1}}, 1e-9).solve(new double[] {1, 1});

        assertThat(solution).containsExactly(new double[] {0.5, 0.5}, within(1e-6));
    }

    @Test
    void refusesWhatNoJitterMends() {
        assertThatExceptionOfType(SurrogateException.class)
                .isThrownBy(() -> Cholesky.of(new double[][] {{1, 5}, {5, 1}}, 1e-9))
                .withMessageContaining("2 points is not positive definite");
        assertThatExceptionOfType(SurrogateException.class)
                .isThrownBy(() -> Cholesky.of(new double[][] {{Double.NaN}}, 1e-9));
    }
}
