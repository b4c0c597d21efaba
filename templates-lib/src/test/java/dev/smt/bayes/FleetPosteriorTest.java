package dev.smt.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;

class FleetPosteriorTest {
    private static final int MODELS = 3;
    private static final int SAMPLES = 4000;
    private static final UnitCube CUBE = new UnitCube(SearchSpace.of(new Parameter.Real("x", 0, 1, false)));
    private static final FleetObjective OBJECTIVE = Problems.fleet(MODELS, 0.4);

    /** Of the second trial one model was evaluated, of the fifth two. */
    private static FleetSurrogate surrogate() {
        double[] xs = {0, 0.2, 0.45, 0.5, 0.7, 1};
        List<Result> told = new ArrayList<>();
        for (int t = 0; t < xs.length; t++) {
            List<ModelDelta> deltas = new ArrayList<>();
            for (int i = 0; i < (t == 1 ? 1 : t == 4 ? 2 : MODELS); i++) {
                double delta = Math.sin(5 * xs[t]) + 0.4 * i * xs[t] * xs[t];
                deltas.add(new ModelDelta("m" + i, false, delta, 0.05 * (1 + i)));
            }
            told.add(new Result(
                    new ParameterValues(Map.of("x", xs[t])),
                    deltas,
                    deltas.size() < MODELS ? Optional.empty() : Optional.of(OBJECTIVE.outcome(deltas))));
        }
        return FleetSurrogate.fit(CoordinateGroups.of(CUBE), OBJECTIVE, new DeltaTable(CUBE, OBJECTIVE, told));
    }

    @Test
    void theDrawsHaveTheMeanAndTheCovarianceOfTheJointPosterior() {
        FleetSurrogate surrogate = surrogate();
        double[][] sites = Arrays.copyOf(surrogate.points(), surrogate.points().length + 1);
        sites[sites.length - 1] = new double[] {0.85};
        FleetPosterior posterior = new FleetPosterior(surrogate, sites, SAMPLES, new Well19937c(5));
        int n = sites.length;
        RealMatrix prior = prior(surrogate, sites);
        List<Integer> observed = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        List<Double> noise = new ArrayList<>();
        for (int i = 0; i < MODELS; i++) {
            for (int t = 0; t < surrogate.points().length; t++) {
                if (surrogate.noise(i)[t] < FleetSurrogate.UNKNOWN) {
                    observed.add(i * n + t);
                    values.add(surrogate.values(i)[t]);
                    noise.add(surrogate.noise(i)[t]);
                }
            }
        }
        assertThat(observed).hasSize(5 * MODELS);
        assertThat(Math.abs(surrogate.loading(0) - surrogate.loading(2))).isGreaterThan(0.05);
        int[] rows = observed.stream().mapToInt(Integer::intValue).toArray();
        int[] all = new int[n * MODELS];
        Arrays.setAll(all, j -> j);
        RealMatrix seen = prior.getSubMatrix(rows, rows)
                .add(MatrixUtils.createRealDiagonalMatrix(
                        noise.stream().mapToDouble(Double::doubleValue).toArray()));
        RealMatrix gain = prior.getSubMatrix(all, rows)
                .multiply(new LUDecomposition(seen).getSolver().getInverse());
        double[] mean =
                gain.operate(values.stream().mapToDouble(Double::doubleValue).toArray());
        RealMatrix covariance = prior.subtract(gain.multiply(prior.getSubMatrix(rows, all)));

        for (int a = 0; a < all.length; a++) {
            double[] drawsOfA = draws(posterior, a / n, a % n);
            assertThat(Arrays.stream(drawsOfA).average().orElseThrow()).isCloseTo(mean[a], within(1e-5));
            for (int b = 0; b <= a; b++) {
                double[] drawsOfB = draws(posterior, b / n, b % n);
                double product = 0;
                for (int s = 0; s < SAMPLES; s++) {
                    product += (drawsOfA[s] - mean[a]) * (drawsOfB[s] - mean[b]) / SAMPLES;
                }
                double scale = Math.sqrt(covariance.getEntry(a, a) * covariance.getEntry(b, b));
                assertThat(product).isCloseTo(covariance.getEntry(a, b), within(1e-6 + 0.1 * scale));
            }
        }
    }

    private static RealMatrix prior(FleetSurrogate surrogate, double[][] sites) {
        int n = sites.length;
        RealMatrix prior = new Array2DRowRealMatrix(n * MODELS, n * MODELS);
        for (int a = 0; a < n * MODELS; a++) {
            for (int b = 0; b < n * MODELS; b++) {
                double value = surrogate.loading(a / n)
                        * surrogate.loading(b / n)
                        * surrogate.commonKernel().covariance(sites[a % n], sites[b % n]);
                if (a / n == b / n) {
                    value +=
                            surrogate.ownVariance(a / n) * surrogate.ownKernel().covariance(sites[a % n], sites[b % n]);
                }
                prior.setEntry(a, b, value);
            }
        }
        return prior;
    }

    private static double[] draws(FleetPosterior posterior, int model, int site) {
        return Arrays.copyOfRange(posterior.values[site], model * SAMPLES, (model + 1) * SAMPLES);
    }
}
