package dev.smt.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import smile.math.kernel.MercerKernel;
import smile.regression.GaussianProcessRegression;

/** Against Smile's own Gaussian process regression with the same kernel. */
class SmileGaussianProcessTest {
    @Test
    void agreesWithSmilesRegression() {
        Random random = new Random(8);
        double[][] points = new double[25][];
        Arrays.setAll(points, i -> random.doubles(3).toArray());
        Targets targets = new Targets(random.doubles(25).toArray(), new double[25]);
        double[] logs = {-0.5, 0.1, 0.6, 0.3, Math.log(0.01)};
        GaussianProcess ours = GaussianProcess.of(points, targets, logs);

        GaussianProcessRegression<double[]> theirs =
                GaussianProcessRegression.fit(points, targets.values, new Kernel(ours.kernel()), 0.01, false, 1e-5, 0);

        assertThat(ours.logMarginalLikelihood()).isCloseTo(theirs.L, within(1e-9));
        double[][] at = {{0.2, 0.5, 0.9}, {0.7, 0.1, 0.4}, points[3]};
        GaussianProcess.Posterior posterior = ours.posterior(at);
        GaussianProcessRegression<double[]>.JointPrediction expected = theirs.query(at);
        assertThat(posterior.mean).containsExactly(expected.mu, within(1e-10));
        for (int i = 0; i < at.length; i++) {
            assertThat(posterior.covariance[i]).containsExactly(expected.cov.toArray()[i], within(1e-10));
        }
    }

    /** Our covariance as Smile sees it. */
    private record Kernel(MaternKernel kernel) implements MercerKernel<double[]> {
        @Override
        public double k(double[] a, double[] b) {
            return kernel.covariance(a, b);
        }

        @Override
        public double[] kg(double[] a, double[] b) {
            throw new UnsupportedOperationException("fitted with given hyperparameters");
        }

        @Override
        public MercerKernel<double[]> of(double[] hyperparameters) {
            return new Kernel(new MaternKernel(hyperparameters));
        }

        @Override
        public double[] hyperparameters() {
            return kernel.hyperparameters();
        }

        @Override
        public double[] lo() {
            return new double[kernel.hyperparameters().length];
        }

        @Override
        public double[] hi() {
            return lo();
        }
    }
}
