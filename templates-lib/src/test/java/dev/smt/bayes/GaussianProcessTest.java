package dev.smt.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GaussianProcessTest {
    private static final double[][] POINTS = {{0.1, 0.2}, {0.4, 0.9}, {0.7, 0.3}, {0.95, 0.6}, {0.4, 0.1}};
    private static final double[] VALUES = {0.3, -0.2, 0.15, 0.9, 0.05};
    private static final double[] NOISE = {0.0, 0.01, 0.02, 0.0, 0.005};

    /**
     * Golden values of scikit-learn 1.2.1: {@code GaussianProcessRegressor(1.3 * Matern([0.4, 0.9], nu=2.5), alpha=0.01 +
     * noise / variance, optimizer=None)} on the standardized values.
     */
    @Test
    void agreesWithScikitLearn() {
        double[] logs = {Math.log(0.4), Math.log(0.9), Math.log(1.3), Math.log(0.01)};
        GaussianProcess process = GaussianProcess.of(POINTS, new Targets(VALUES, NOISE), logs);

        GaussianProcess.Posterior posterior = process.posterior(new double[][] {{0.5, 0.5}, {0.1, 0.2}});

        assertThat(process.mean()).isCloseTo(0.24, within(1e-15));
        assertThat(process.scale()).isCloseTo(0.367967389859482, within(1e-14));
        assertThat(process.logMarginalLikelihood()).isCloseTo(-7.786504100604697, within(1e-11));
        assertThat(process.kernel().covariance(POINTS[0], POINTS[1])).isCloseTo(0.6222758753733069, within(1e-14));
        assertThat(posterior.mean)
                .containsExactly(new double[] {-0.8184494961917108, 0.15385787247460198}, within(1e-11));
        assertThat(posterior.covariance[0])
                .containsExactly(new double[] {0.1398025092758406, -0.0006983701032945433}, within(1e-11));
        assertThat(posterior.covariance[1])
                .containsExactly(new double[] {-0.0006983701032945433, 0.00985245204496521}, within(1e-11));
    }

    @Test
    void findsHyperparametersThatExplainTheData() {
        // Noise of 0.1 on a function of the first coordinate alone.
        Random random = new Random(3);
        double[][] points = new double[30][];
        double[] values = new double[30];
        for (int i = 0; i < points.length; i++) {
            points[i] = new double[] {random.nextDouble(), random.nextDouble()};
            values[i] = Math.sin(6 * points[i][0]) + 0.1 * random.nextGaussian();
        }

        GaussianProcess process = GaussianProcess.fit(points, values, new double[30]);

        double[] logs = process.kernel().hyperparameters();
        assertThat(Math.exp(logs[1])).isGreaterThan(5 * Math.exp(logs[0]));
        for (double x : new double[] {0.2, 0.5, 0.8}) {
            double mean = process.posterior(new double[][] {{x, 0.5}}).mean[0];
            assertThat(process.mean() + process.scale() * mean).isCloseTo(Math.sin(6 * x), within(0.12));
        }
    }

    @Test
    void theFittedHyperparametersAreAtLeastAsLikelyAsAnyStart() {
        Targets targets = new Targets(VALUES, NOISE);
        double[] fitted = Hyperparameters.fit(POINTS, List.of(targets));
        double best = GaussianProcess.of(POINTS, targets, fitted).logMarginalLikelihood();

        assertThat(best).isGreaterThan(-7.79);
    }

    @Test
    void knownNoisePullsTheMeanLess() {
        double[] logs = {0, 0, 0, Math.log(1e-6)};
        double[][] points = {{0.2, 0.2}, {0.8, 0.8}};
        double[] values = {0, 1};

        double trusted = GaussianProcess.of(points, new Targets(values, new double[] {0, 0}), logs)
                .posterior(new double[][] {points[1]})
                .mean[0];
        double doubted = GaussianProcess.of(points, new Targets(values, new double[] {0, 1}), logs)
                .posterior(new double[][] {points[1]})
                .mean[0];

        assertThat(trusted).isCloseTo(1, within(1e-4));
        assertThat(doubted).isLessThan(0.5);
    }

    @Test
    void equalValuesAndEqualPointsAreFitted() {
        double[][] same = {{0.5, 0.5}, {0.5, 0.5}, {0.5, 0.5}, {0.1, 0.9}};

        GaussianProcess constant = GaussianProcess.fit(POINTS, new double[] {2, 2, 2, 2, 2}, new double[5]);
        GaussianProcess replicated = GaussianProcess.fit(same, new double[] {1, 1.1, 0.9, 3}, new double[4]);

        assertThat(constant.mean() + constant.scale() * constant.posterior(POINTS).mean[2])
                .isEqualTo(2);
        double mean = replicated.mean() + replicated.scale() * replicated.posterior(same).mean[0];
        assertThat(mean).isCloseTo(1, within(0.2));
    }

    @Test
    void valuesBeyondWhatADoubleCanSquareAreRefused() {
        assertThatExceptionOfType(SurrogateException.class)
                .isThrownBy(() -> new Targets(new double[] {1e300, -1e300}, new double[2]))
                .withMessageContaining("scale Infinity");
    }

    @Test
    void sharedHyperparametersAreTheSameForAllTargets() {
        double[] turned = Arrays.stream(VALUES).map(y -> 5 - 3 * y).toArray();
        List<GaussianProcess> both = GaussianProcess.fitShared(
                POINTS, List.of(new Targets(VALUES, new double[5]), new Targets(turned, new double[5])));

        assertThat(both.get(0).kernel()).isNotSameAs(both.get(1).kernel());
        assertThat(both.get(0).kernel().hyperparameters())
                .containsExactly(both.get(1).kernel().hyperparameters());
        double[][] at = {{0.3, 0.3}};
        assertThat(both.get(0).posterior(at).mean[0]).isCloseTo(-both.get(1).posterior(at).mean[0], within(1e-9));
    }
}
