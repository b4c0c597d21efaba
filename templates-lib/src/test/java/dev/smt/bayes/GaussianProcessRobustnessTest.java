package dev.smt.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class GaussianProcessRobustnessTest {
    @Test
    void oneAndTwoPointsAreFitted() {
        GaussianProcess one = GaussianProcess.fit(new double[][] {{0.5}}, new double[] {3}, new double[1]);
        GaussianProcess two = GaussianProcess.fit(new double[][] {{0.2}, {0.8}}, new double[] {1, 2}, new double[2]);

        assertThat(predicted(one, 0.1)).isEqualTo(3);
        assertThat(predicted(two, 0.2)).isCloseTo(1, within(0.2));
        assertThat(predicted(two, 0.8)).isCloseTo(2, within(0.2));
        assertFinite(one, new double[] {0.9});
        assertFinite(two, new double[] {0.9});
    }

    @Test
    void constantOutcomesArePredictedEverywhere() {
        for (double constant : new double[] {0, 1e-12, -7, 1e12}) {
            double[][] points = points(new Random(1), 12, 3);
            double[] values = new double[12];
            Arrays.fill(values, constant);

            GaussianProcess process = GaussianProcess.fit(points, values, new double[12]);

            assertThat(predicted(process, 0.3, 0.6, 0.1)).isCloseTo(constant, within(1e-9 * Math.abs(constant)));
            assertFinite(process, new double[] {0.3, 0.6, 0.1});
        }
    }

    @Test
    void theUnitOfTheValuesDoesNotMatter() {
        double[][] points = points(new Random(2), 25, 2);
        double[] at = {0.4, 0.7};
        GaussianProcess unit = process(points, 1);
        for (double factor : new double[] {1e-12, 1e12}) {
            GaussianProcess process = process(points, factor);

            assertThat(predicted(process, at) / factor).isCloseTo(predicted(unit, at), within(1e-5));
            assertThat(process.posterior(at).variance())
                    .isCloseTo(unit.posterior(at).variance(), within(1e-5));
        }
    }

    @Test
    void thirtyCoordinatesOfWhichTwoMatterAreFitted() {
        double[][] points = points(new Random(3), 80, 30);
        double[] values =
                Arrays.stream(points).mapToDouble(x -> x[3] + 2 * x[7]).toArray();

        GaussianProcess process = GaussianProcess.fit(points, values, new double[80]);

        double[] logs = process.kernel().hyperparameters();
        double[] irrelevant = DoubleStream.concat(Arrays.stream(logs, 0, 3), Arrays.stream(logs, 8, 30))
                .sorted()
                .toArray();
        assertThat(Math.max(logs[3], logs[7])).isLessThan(irrelevant[irrelevant.length / 2]);
        double[] at = points(new Random(4), 1, 30)[0];
        assertThat(predicted(process, at)).isCloseTo(at[3] + 2 * at[7], within(0.15));
    }

    @Test
    void aThousandPointsAreFitted() {
        double[][] points = points(new Random(5), 1000, 2);

        GaussianProcess process = process(points, 1);

        double[] at = {0.4, 0.7};
        assertThat(predicted(process, at)).isCloseTo(value(at), within(0.01));
        assertThat(process.posterior(at).variance()).isBetween(0.0, 1e-3);
    }

    @Test
    void pointsThatAreNearlyTheSameAreFitted() {
        double[][] points = points(new Random(6), 30, 2);
        for (int i = 1; i < 30; i++) {
            points[i] = new double[] {points[0][0] + 1e-13 * i, points[0][1]};
        }
        double[] values = new Random(7).doubles(30).toArray();

        GaussianProcess process = GaussianProcess.fit(points, values, new double[30]);

        assertThat(predicted(process, points[0]))
                .isCloseTo(Arrays.stream(values).average().orElseThrow(), within(0.1));
        assertFinite(process, new double[] {0.1, 0.1});
    }

    @Test
    void aNoiseMuchLargerThanTheValuesSpreadSaysNothing() {
        double[][] points = {{0.1}, {0.5}, {0.9}};

        GaussianProcess process =
                GaussianProcess.fit(points, new double[] {1e-150, 2e-150, 1e-150}, new double[] {0, 1e200, 0});

        assertFinite(process, new double[] {0.3});
    }

    @Test
    void numbersThatAreNotFiniteAreRefusedAllAtOnce() {
        assertThatExceptionOfType(SurrogateException.class)
                .isThrownBy(() -> new Targets(
                        new double[] {1, Double.NaN, Double.POSITIVE_INFINITY}, new double[] {-1, 0, Double.NaN}))
                .withMessageContaining("value 1 is NaN")
                .withMessageContaining("value 2 is Infinity")
                .withMessageContaining("noise variance 0 is -1.0")
                .withMessageContaining("noise variance 2 is NaN")
                .withMessageContaining("leave the point out, or impute it");
        assertThatExceptionOfType(SurrogateException.class)
                .isThrownBy(() -> GaussianProcess.fit(
                        new double[][] {{0, 1}, {0, Double.NaN}, {1}}, new double[3], new double[3]))
                .withMessageContaining("point 1 is [0.0, NaN]")
                .withMessageContaining("point 2 has 1 coordinates")
                .withMessageContaining("2 finite coordinates");
    }

    @Test
    void missingPointsAndValuesAreRefused() {
        assertThatExceptionOfType(SurrogateException.class)
                .isThrownBy(() -> new Targets(new double[0], new double[0]))
                .withMessageContaining("0 values");
        assertThatExceptionOfType(SurrogateException.class)
                .isThrownBy(() -> GaussianProcess.of(
                        new double[0][], new Targets(new double[1], new double[1]), new double[] {0, 0}))
                .withMessageContaining("no point");
        assertThatExceptionOfType(SurrogateException.class)
                .isThrownBy(() -> GaussianProcess.fitShared(
                        new double[][] {{0.5}, {0.6}}, List.of(new Targets(new double[1], new double[1]))))
                .withMessageContaining("1 values to fit at 2 points");
    }

    private static GaussianProcess process(double[][] points, double factor) {
        double[] values =
                Arrays.stream(points).mapToDouble(x -> factor * value(x)).toArray();
        return GaussianProcess.fit(points, values, new double[values.length]);
    }

    private static double value(double[] x) {
        return Math.sin(5 * x[0]) + x[1] * x[1];
    }

    private static double predicted(GaussianProcess process, double... at) {
        return process.mean() + process.scale() * process.posterior(at).mean();
    }

    private static void assertFinite(GaussianProcess process, double[] at) {
        GaussianProcess.PointPosterior posterior = process.posterior(at);
        assertThat(posterior.mean()).isFinite();
        assertThat(posterior.variance()).isFinite().isNotNegative();
        assertThat(DoubleStream.concat(
                                Arrays.stream(posterior.meanGradient()), Arrays.stream(posterior.varianceGradient()))
                        .toArray())
                .doesNotContain(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        assertThat(process.leaveOneOut().logPseudoLikelihood()).isFinite();
    }

    private static double[][] points(Random random, int count, int dimension) {
        double[][] points = new double[count][];
        Arrays.setAll(points, i -> random.doubles(dimension).toArray());
        return points;
    }
}
