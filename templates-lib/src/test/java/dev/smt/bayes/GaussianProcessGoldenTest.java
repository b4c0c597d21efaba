package dev.smt.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Against scikit-learn's Gaussian process; the golden's source is benchmarks/optimizer/gaussian_process_golden.py. */
class GaussianProcessGoldenTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int[] PRIMES = {2, 3, 5, 7, 11, 13};
    private static final Map<String, ToDoubleFunction<double[]>> FUNCTIONS =
            Map.of("hartmann6", Problems::hartmann6, "additive", GaussianProcessGoldenTest::additive);

    @Test
    void agreesWithScikitLearnAtTheSameHyperparameters() throws IOException {
        double[][] at = testPoints(20);
        for (JsonNode fixed : golden().get("fixed")) {
            String name = fixed.get("name").asText();
            GaussianProcess process = GaussianProcess.of(
                    JSON.convertValue(fixed.get("points"), double[][].class),
                    new Targets(array(fixed, "values"), array(fixed, "noiseVariances")),
                    logs(fixed));
            double[] means = array(fixed, "means");
            double[] deviations = array(fixed, "standardDeviations");

            GaussianProcess.Posterior joint = process.posterior(at);

            assertThat(process.logMarginalLikelihood())
                    .as(name)
                    .isCloseTo(fixed.get("logMarginalLikelihood").asDouble(), within(1e-8));
            for (int i = 0; i < at.length; i++) {
                // scikit-learn's deviation is an observation's: the learned noise belongs to it.
                double deviation = process.scale() * Math.sqrt(joint.covariance[i][i] + process.noiseVariance());
                assertThat(process.mean() + process.scale() * joint.mean[i])
                        .as(name)
                        .isCloseTo(means[i], within(1e-8));
                assertThat(deviation).as(name).isCloseTo(deviations[i], within(1e-8));
            }
        }
    }

    @Test
    void fitsAsWellAsScikitLearnWithFiveRestarts() throws IOException {
        double[][] at = testPoints(500);
        for (String function : FUNCTIONS.keySet()) {
            List<Double> ours = new ArrayList<>();
            List<Double> theirs = new ArrayList<>();
            for (JsonNode fitted : golden().get("fitted")) {
                if (fitted.get("function").asText().equals(function)) {
                    ours.add(rmse(JSON.convertValue(fitted.get("points"), double[][].class), at, function));
                    theirs.add(fitted.get("rmse").asDouble());
                }
            }

            assertThat(ours).hasSize(8);
            assertThat(average(ours)).as("%s: %s, %s", function, ours, theirs).isLessThanOrEqualTo(average(theirs));
        }
    }

    private static double rmse(double[][] points, double[][] at, String name) {
        ToDoubleFunction<double[]> function = FUNCTIONS.get(name);
        double[] values = Arrays.stream(points).mapToDouble(function).toArray();
        GaussianProcess process = GaussianProcess.fit(points, values, new double[values.length]);
        double[] means = process.posterior(at).mean;
        double sum = 0;
        for (int i = 0; i < at.length; i++) {
            double error = process.mean() + process.scale() * means[i] - function.applyAsDouble(at[i]);
            sum += error * error;
        }
        return Math.sqrt(sum / at.length);
    }

    /** The last two dimensions are irrelevant. */
    private static double additive(double[] x) {
        return Math.sin(6 * x[0]) + x[1] * x[1] + 0.5 * Math.cos(5 * x[2]) + Math.exp(-x[3]);
    }

    private static double[][] testPoints(int count) {
        double[][] points = new double[count][PRIMES.length];
        for (int i = 0; i < count; i++) {
            for (int d = 0; d < PRIMES.length; d++) {
                points[i][d] = (i + 1) * Math.sqrt(PRIMES[d]) % 1;
            }
        }
        return points;
    }

    private static double[] logs(JsonNode fixed) {
        double[] lengths = array(fixed, "lengthScales");
        double[] values = Arrays.copyOf(lengths, lengths.length + 2);
        values[lengths.length] = fixed.get("signalVariance").asDouble();
        values[lengths.length + 1] = fixed.get("noiseVariance").asDouble();
        return Arrays.stream(values).map(Math::log).toArray();
    }

    private static double average(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static double[] array(JsonNode node, String field) {
        return JSON.convertValue(node.get(field), double[].class);
    }

    private static JsonNode golden() throws IOException {
        try (InputStream in =
                GaussianProcessGoldenTest.class.getResourceAsStream("scikit-learn-gaussian-process.json")) {
            return JSON.readTree(in);
        }
    }
}
