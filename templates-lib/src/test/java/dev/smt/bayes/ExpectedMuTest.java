package dev.smt.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectedMuTest {
    private static final SearchSpace SPACE =
            SearchSpace.of(new Parameter.Real("x", 0, 1, false), new Parameter.Real("y", 1, 100, true));

    private static double law(ParameterValues theta) {
        return 0.4 * Math.sin(4 * theta.real("x")) + 0.1 * Math.log(theta.real("y"));
    }

    private static FleetOptimizer told(int models, int trials, double noise) {
        FleetObjective objective = Problems.fleet(models, 0.4);
        FleetOptimizer optimizer = new FleetOptimizer(SPACE, objective, OptimizerSettings.of(SPACE), 1);
        Random random = new Random(2);
        for (int t = 0; t < trials; t++) {
            ParameterValues theta = theta(random);
            List<ModelDelta> deltas = new ArrayList<>();
            for (String model : objective.models()) {
                deltas.add(new ModelDelta(model, false, law(theta) + noise * random.nextGaussian(), noise));
            }
            // One trial was stopped early.
            optimizer.tell(theta, t == 3 && models > 1 ? deltas.subList(0, 1) : deltas);
        }
        return optimizer;
    }

    private static ParameterValues theta(Random random) {
        return ParameterValues.empty()
                .with("x", random.nextDouble())
                .with("y", Math.exp(random.nextDouble() * Math.log(100)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void isTheMeanOfTheDraws(int models) {
        FleetOptimizer optimizer = told(models, 12, 0.05);
        FleetSurrogate surrogate = optimizer.fitted().surrogate();
        ExpectedMu expected = new ExpectedMu(surrogate);
        FleetSamples samples =
                new FleetSamples(surrogate, optimizer.objective(), surrogate.points(), 2048, new Well19937c(3));
        Random random = new Random(4);
        for (int i = 0; i < 20; i++) {
            double[] point = {random.nextDouble(), random.nextDouble()};
            samples.moveTo(point);
            // What remains is the mean of the draws' residuals, whose standard error is below a hundredth of mu's
            // deviation.
            assertThat(expected.at(point)).isCloseTo(samples.meanMu(), within(1e-9 + 0.01 * samples.muDeviation()));
        }
    }

    @Test
    void isWhatIsBelievedOfAToldTheta() {
        FleetOptimizer optimizer = told(4, 10, 0.05);
        ToDoubleFunction<ParameterValues> expected = optimizer.expectedMu();
        assertThat(optimizer.beliefs()).hasSize(10).allSatisfy(belief -> assertThat(
                        expected.applyAsDouble(belief.theta()))
                .isCloseTo(belief.mu(), within(1e-4)));
    }

    @Test
    void followsWhatIsMeasuredBetweenTheTrialsToo() {
        ToDoubleFunction<ParameterValues> expected = told(4, 30, 0.005).expectedMu();
        Random random = new Random(5);
        double squares = 0;
        for (int i = 0; i < 50; i++) {
            ParameterValues theta = theta(random);
            squares += Math.pow(expected.applyAsDouble(theta) - law(theta), 2);
        }
        assertThat(Math.sqrt(squares / 50)).isLessThan(0.03);
    }

    @Test
    void staysAsItIsWhenMoreIsTold() {
        FleetOptimizer optimizer = told(2, 6, 0.05);
        ToDoubleFunction<ParameterValues> before = optimizer.expectedMu();
        ParameterValues theta = ParameterValues.empty().with("x", 0.5).with("y", 10.0);
        double value = before.applyAsDouble(theta);
        optimizer.tell(
                theta,
                optimizer.objective().models().stream()
                        .map(model -> new ModelDelta(model, false, 9, 0.01))
                        .toList());
        assertThat(before.applyAsDouble(theta)).isEqualTo(value);
        assertThat(optimizer.expectedMu().applyAsDouble(theta)).isGreaterThan(value + 1);
    }

    @Test
    void nothingIsExpectedBeforeATrial() {
        FleetOptimizer optimizer = told(2, 0, 0.05);
        assertThatIllegalStateException().isThrownBy(optimizer::expectedMu);
    }
}
