package dev.smt.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BoundedQuasiNewtonTest {
    private static final BoundedQuasiNewton.Settings PRECISE = new BoundedQuasiNewton.Settings(2000, 1e-8, 0, 2);

    @Test
    void findsTheMinimumOfRosenbrocksValley() {
        BoundedQuasiNewton.Minimum two = minimize(2, -5, 5, -1.2, 1);
        BoundedQuasiNewton.Minimum ten = minimize(10, -5, 5, -1.2, 1, -1.2, 1, -1.2, 1, -1.2, 1, -1.2, 1);

        assertThat(two.converged()).isTrue();
        assertThat(two.point()).containsExactly(new double[] {1, 1}, within(1e-7));
        assertThat(two.evaluations()).isLessThan(100);
        assertThat(ten.point()).containsExactly(filled(10, 1), within(1e-6));
        assertThat(ten.evaluations()).isLessThan(300);
    }

    @Test
    void stopsAtTheBoundWhereTheMinimumLiesBeyondIt() {
        // With x1 at most 0.5 the valley's lowest point is (0.5, 0.25).
        BoundedQuasiNewton.Minimum held = minimize(2, -2, 0.5, -1.2, 0.3);

        assertThat(held.converged()).isTrue();
        assertThat(held.point()).containsExactly(new double[] {0.5, 0.25}, within(1e-7));
    }

    @Test
    void leavesABoundThatItStartsFrom() {
        BoundedQuasiNewton.Minimum found = minimize(2, -2, 2, -2, -2);

        assertThat(found.point()).containsExactly(new double[] {1, 1}, within(1e-6));
    }

    @Test
    void solvesQuadraticsWhoseSolutionLiesInACorner() {
        // f = sum c_i (x_i - t_i)^2 with curvatures from 1 to 1e4: the solution is t moved into the bounds.
        Random random = new Random(2);
        for (int run = 0; run < 50; run++) {
            double[] wanted = random.doubles(8, -1, 2).toArray();
            BoundedQuasiNewton.Objective bowl = (x, gradient) -> {
                double sum = 0;
                for (int i = 0; i < x.length; i++) {
                    double curvature = Math.pow(10, 4.0 * i / 7);
                    gradient[i] = 2 * curvature * (x[i] - wanted[i]);
                    sum += curvature * (x[i] - wanted[i]) * (x[i] - wanted[i]);
                }
                return sum;
            };
            BoundedQuasiNewton.Minimum found = BoundedQuasiNewton.minimize(
                    bowl, random.doubles(8).toArray(), new double[8], filled(8, 1), PRECISE);

            double[] expected =
                    Arrays.stream(wanted).map(t -> Math.max(0, Math.min(1, t))).toArray();
            assertThat(found.point()).containsExactly(expected, within(1e-6));
        }
    }

    @Test
    void stepsBackFromWhereTheFunctionIsNotFinite() {
        // x - log x, which is NaN for x < 0.
        BoundedQuasiNewton.Objective wall = (x, gradient) -> {
            gradient[0] = 1 - 1 / x[0];
            return x[0] - Math.log(x[0]);
        };

        BoundedQuasiNewton.Minimum found = BoundedQuasiNewton.minimize(
                wall,
                new double[] {6},
                new double[] {-9},
                new double[] {9},
                new BoundedQuasiNewton.Settings(200, 1e-8, 0, 50));

        assertThat(found.point()[0]).isCloseTo(1, within(1e-7));
    }

    @Test
    void givesTheStartBackWhereTheFunctionIsNotFiniteThere() {
        BoundedQuasiNewton.Minimum found = BoundedQuasiNewton.minimize(
                (x, gradient) -> Double.NaN, new double[] {0.3}, new double[1], new double[] {1}, PRECISE);

        assertThat(found.point()).containsExactly(0.3);
        assertThat(found.value()).isNaN();
        assertThat(found.converged()).isFalse();
    }

    @Test
    void countsItsEvaluationsAndKeepsToTheirLimit() {
        int[] calls = {0};
        BoundedQuasiNewton.Minimum found = BoundedQuasiNewton.minimize(
                (x, gradient) -> {
                    calls[0]++;
                    return rosenbrock(x, gradient);
                },
                new double[] {-1.2, 1},
                filled(2, -5),
                filled(2, 5),
                new BoundedQuasiNewton.Settings(9, 0, 0, 2));

        assertThat(calls[0]).isEqualTo(9);
        assertThat(found.evaluations()).isEqualTo(9);
        assertThat(found.converged()).isFalse();
        assertThat(found.value()).isLessThan(24.2);
    }

    @Test
    void refusesBoundsThatCross() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> minimize(2, 1, -1, 0, 0))
                .withMessageContaining("coordinate 0 are 1.0 and -1.0");
    }

    private static BoundedQuasiNewton.Minimum minimize(int dimension, double lower, double upper, double... start) {
        return BoundedQuasiNewton.minimize(
                BoundedQuasiNewtonTest::rosenbrock, start, filled(dimension, lower), filled(dimension, upper), PRECISE);
    }

    private static double rosenbrock(double[] x, double[] gradient) {
        Arrays.fill(gradient, 0);
        double sum = 0;
        for (int i = 0; i + 1 < x.length; i++) {
            double bend = x[i + 1] - x[i] * x[i];
            sum += 100 * bend * bend + (1 - x[i]) * (1 - x[i]);
            gradient[i] += -400 * x[i] * bend - 2 * (1 - x[i]);
            gradient[i + 1] += 200 * bend;
        }
        return sum;
    }

    private static double[] filled(int length, double value) {
        double[] array = new double[length];
        Arrays.fill(array, value);
        return array;
    }
}
