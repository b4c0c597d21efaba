package dev.smt.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Posterior gradients and leave-one-out predictions against finite differences and processes without a point. */
class GaussianProcessDiagnosticsTest {
    private static final double[] LOGS = {-0.6, -0.2, 0.5, Math.log(0.02)};

    @Test
    void thePosteriorsGradientsAreThoseOfItsMeanAndVariance() {
        GaussianProcess process = process(new Random(1), 15);
        double[] at = {0.37, 0.61};
        double step = 1e-5;

        GaussianProcess.PointPosterior point = process.posterior(at);

        GaussianProcess.Posterior joint = process.posterior(new double[][] {at});
        assertThat(point.mean()).isCloseTo(joint.mean[0], within(1e-12));
        assertThat(point.variance()).isCloseTo(joint.covariance[0][0], within(1e-12));
        for (int d = 0; d < 2; d++) {
            double[] up = at.clone();
            double[] down = at.clone();
            up[d] += step;
            down[d] -= step;
            GaussianProcess.PointPosterior above = process.posterior(up);
            GaussianProcess.PointPosterior below = process.posterior(down);
            assertThat(point.meanGradient()[d]).isCloseTo((above.mean() - below.mean()) / (2 * step), within(1e-7));
            assertThat(point.varianceGradient()[d])
                    .isCloseTo((above.variance() - below.variance()) / (2 * step), within(1e-7));
        }
    }

    @Test
    void leavingAPointOutIsPredictingItFromTheOthers() {
        Random random = new Random(2);
        double[][] points = points(random, 12);
        points[11] = points[4];
        double[] values = random.doubles(12).toArray();
        double[] noise = random.doubles(12, 0, 0.01).toArray();
        Targets all = new Targets(values, noise);

        LeaveOneOut leaveOneOut = GaussianProcess.of(points, all, LOGS).leaveOneOut();

        for (int i = 0; i < 12; i++) {
            List<Integer> others = new ArrayList<>();
            for (int j = 0; j < 12; j++) {
                if (!Arrays.equals(points[i], points[j])) {
                    others.add(j);
                }
            }
            int[] kept = others.stream().mapToInt(Integer::intValue).toArray();
            double[][] rest = Arrays.stream(kept).mapToObj(j -> points[j]).toArray(double[][]::new);
            GaussianProcess.PointPosterior expected =
                    GaussianProcess.of(rest, all.subset(kept), LOGS).posterior(points[i]);
            double mean = all.mean + all.scale * expected.mean();
            double variance = all.scale * all.scale * (expected.variance() + 0.02) + noise[i];
            double residual = (values[i] - mean) / Math.sqrt(variance);
            assertThat(leaveOneOut.means()[i]).isCloseTo(mean, within(1e-10));
            assertThat(leaveOneOut.variances()[i]).isCloseTo(variance, within(1e-10));
            assertThat(leaveOneOut.standardizedResiduals()[i]).isCloseTo(residual, within(1e-8));
            assertThat(leaveOneOut.logDensities()[i])
                    .isCloseTo(-Math.log(2 * Math.PI * variance) / 2 - residual * residual / 2, within(1e-8));
        }
        assertThat(leaveOneOut.logPseudoLikelihood())
                .isCloseTo(Arrays.stream(leaveOneOut.logDensities()).sum(), within(1e-10));
    }

    @Test
    void standardizedResidualsOfAModelThatFitsAreAboutStandardNormal() {
        Random random = new Random(3);
        double[][] points = points(random, 60);
        double[] values = Arrays.stream(points)
                .mapToDouble(x -> Math.sin(5 * x[0]) + x[1] + 0.1 * random.nextGaussian())
                .toArray();

        double[] residuals = GaussianProcess.fit(points, values, new double[60])
                .leaveOneOut()
                .standardizedResiduals();

        double square = Arrays.stream(residuals).map(r -> r * r).average().orElseThrow();
        assertThat(square).isBetween(0.7, 1.4);
        assertThat(Arrays.stream(residuals).average().orElseThrow()).isBetween(-0.3, 0.3);
    }

    @Test
    void replicatesAreNotAnApproximation() {
        // Two measurements of one point against two points that are nearly one.
        double[][] same = {{0.2, 0.2}, {0.6, 0.7}, {0.2, 0.2}, {0.2, 0.2}};
        double[][] near = {{0.2, 0.2}, {0.6, 0.7}, {0.2, 0.2 + 1e-9}, {0.2 - 1e-9, 0.2}};
        Targets targets = new Targets(new double[] {1, 3, 1.4, 0.7}, new double[] {0.01, 0.02, 0.2, 0});

        GaussianProcess merged = GaussianProcess.of(same, targets, LOGS);
        GaussianProcess apart = GaussianProcess.of(near, targets, LOGS);

        double[] at = {0.3, 0.5};
        assertThat(merged.logMarginalLikelihood()).isCloseTo(apart.logMarginalLikelihood(), within(1e-7));
        assertThat(merged.posterior(at).mean()).isCloseTo(apart.posterior(at).mean(), within(1e-7));
        assertThat(merged.posterior(at).variance())
                .isCloseTo(apart.posterior(at).variance(), within(1e-7));
    }

    private static GaussianProcess process(Random random, int count) {
        return GaussianProcess.of(
                points(random, count), new Targets(random.doubles(count).toArray(), new double[count]), LOGS);
    }

    private static double[][] points(Random random, int count) {
        double[][] points = new double[count][];
        Arrays.setAll(points, i -> random.doubles(2).toArray());
        return points;
    }
}
