package dev.smt.jobs.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FirstOrderSurrogateTest {
    private static final double[] FIRST = {1};

    @Test
    void isTheLeastSquaresLineWithItsStandardError() {
        // Sxy = 1.5, Sxx = 0.5: slope 3; residuals 1/6, -1/3, 1/6: s^2 = 1/6 with 1 degree of freedom.
        FirstOrderSurrogate fit = FirstOrderSurrogate.fit(new double[][] {{0}, {0.5}, {1}}, new double[] {1, 2, 4})
                .orElseThrow();
        assertThat(fit.effect(FIRST)).isCloseTo(3, within(1e-12));
        assertThat(fit.standardError(FIRST)).isCloseTo(Math.sqrt(1.0 / 3), within(1e-12));
    }

    @Test
    void aSumOfCoefficientsHasTheErrorOfTheSum() {
        // An orthogonal 2 x 2 design: independent coefficients 2 and -1 with the variance s^2 = 4 * 0.1^2 / 1 each.
        double[][] points = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
        FirstOrderSurrogate fit = FirstOrderSurrogate.fit(points, new double[] {0.1, -1.1, 1.9, 1.1})
                .orElseThrow();
        assertThat(fit.effect(new double[] {1, 0})).isCloseTo(2, within(1e-12));
        assertThat(fit.effect(new double[] {1, 1})).isCloseTo(1, within(1e-12));
        assertThat(fit.standardError(new double[] {1, 0})).isCloseTo(0.2, within(1e-12));
        assertThat(fit.standardError(new double[] {1, 1})).isCloseTo(0.2 * Math.sqrt(2), within(1e-12));
    }

    @Test
    void anExactFitHasNoError() {
        FirstOrderSurrogate fit = FirstOrderSurrogate.fit(
                        new double[][] {{0}, {0.25}, {0.75}, {1}}, new double[] {1, 1.5, 2.5, 3})
                .orElseThrow();
        assertThat(fit.effect(FIRST)).isCloseTo(2, within(1e-12));
        assertThat(fit.standardError(FIRST)).isBetween(0.0, 1e-12);
    }

    @Test
    void needsOnePointMoreThanCoefficients() {
        assertThat(FirstOrderSurrogate.fit(new double[][] {}, new double[] {})).isEmpty();
        assertThat(FirstOrderSurrogate.fit(new double[][] {{0}, {1}}, new double[] {1, 2}))
                .isEmpty();
        assertThat(FirstOrderSurrogate.fit(new double[][] {{0}, {1}, {0.5}}, new double[] {1, 2, 3}))
                .isPresent();
    }

    @Test
    void needsPointsThatSpanTheCube() {
        double[][] diagonal = {{0, 0}, {0.2, 0.2}, {0.5, 0.5}, {0.7, 0.7}, {1, 1}};
        assertThat(FirstOrderSurrogate.fit(diagonal, new double[] {1, 2, 3, 4, 5}))
                .isEmpty();
    }
}
