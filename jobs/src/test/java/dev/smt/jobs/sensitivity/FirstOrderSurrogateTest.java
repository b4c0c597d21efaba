package dev.smt.jobs.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.jobs.sensitivity.FirstOrderSurrogate.Fit;
import org.junit.jupiter.api.Test;

/** Numbers worked out by hand. */
class FirstOrderSurrogateTest {
    private static final double[] FIRST = {1};

    @Test
    void isTheLeastSquaresLineWithItsStandardError() {
        // Sxy = 1.5, Sxx = 0.5: slope 3; residuals 1/6, -1/3, 1/6: s^2 = 1/6 with 1 degree of freedom.
        Fit fit = fit(new double[][] {{0}, {0.5}, {1}}, 1, 2, 4);
        assertThat(fit.of(FIRST)).isCloseTo(3, within(1e-12));
        assertThat(fit.errorVariance(FIRST)).isCloseTo(1.0 / 3, within(1e-12));
    }

    @Test
    void aSumOfCoefficientsHasTheErrorOfTheSum() {
        // An orthogonal 2 x 2 design: independent coefficients 2 and -1 with the variance s^2 = 4 * 0.1^2 / 1 each.
        Fit fit = fit(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}}, 0.1, -1.1, 1.9, 1.1);
        assertThat(fit.of(new double[] {1, 0})).isCloseTo(2, within(1e-12));
        assertThat(fit.of(new double[] {1, 1})).isCloseTo(1, within(1e-12));
        assertThat(fit.errorVariance(new double[] {1, 0})).isCloseTo(0.04, within(1e-12));
        assertThat(fit.errorVariance(new double[] {1, 1})).isCloseTo(0.08, within(1e-12));
    }

    @Test
    void anExactFitHasNoError() {
        Fit fit = fit(new double[][] {{0}, {0.25}, {0.75}, {1}}, 1, 1.5, 2.5, 3);
        assertThat(fit.of(FIRST)).isCloseTo(2, within(1e-12));
        assertThat(fit.errorVariance(FIRST)).isBetween(0.0, 1e-24);
    }

    @Test
    void needsMorePointsThanCoefficients() {
        assertThat(FirstOrderSurrogate.over(new double[][] {})).isEmpty();
        assertThat(FirstOrderSurrogate.over(new double[][] {{0}, {1}})).isEmpty();
        assertThat(FirstOrderSurrogate.over(new double[][] {{0}, {1}, {0.5}}))
                .hasValueSatisfying(
                        surrogate -> assertThat(surrogate.degreesOfFreedom()).isEqualTo(1));
    }

    @Test
    void needsPointsThatSpanTheCube() {
        assertThat(FirstOrderSurrogate.over(new double[][] {{0, 0}, {0.2, 0.2}, {0.5, 0.5}, {0.7, 0.7}, {1, 1}}))
                .isEmpty();
    }

    private static Fit fit(double[][] points, double... values) {
        return FirstOrderSurrogate.over(points).orElseThrow().fit(values);
    }
}
