package dev.smt.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.FleetOutcome;
import dev.smt.metric.ModelDelta;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;

class FleetSamplesTest {
    private static final int SAMPLES = 256;
    private static final UnitCube CUBE = new UnitCube(SearchSpace.of(new Parameter.Real("x", 0, 1, false)));

    @Test
    void anObservedTrialKeepsItsMuAndItsFeasibilityInEveryDraw() {
        // Precise results: the draws at the told points are the told results.
        FleetObjective objective = Problems.fleet(4, 0.25);
        List<Result> told = results(objective, (x, model) -> 0.5 * Math.sin(5 * x + model), 1e-4, 0, 0.2, 0.5, 0.8, 1);
        FleetSamples samples = samples(objective, told);

        for (int site = 0; site < told.size(); site++) {
            samples.moveToSite(site);
            FleetOutcome outcome = told.get(site).outcome().orElseThrow();
            assertThat(Arrays.stream(samples.mu).average().orElseThrow()).isCloseTo(outcome.mu(), within(0.03));
            double feasible = share(samples.slack);
            assertThat(feasible).isCloseTo(outcome.feasible() ? 1 : 0, within(0.1));
        }
    }

    @Test
    void aDrawAtASiteContinuesThroughThatSite() {
        FleetObjective objective = Problems.fleet(3, 0.4);
        FleetSamples samples = samples(objective, results(objective, (x, model) -> x + model * x * x, 0.05, 0, 0.3, 1));

        samples.moveToSite(1);
        double[] mu = samples.mu.clone();
        double[] slack = samples.slack.clone();
        samples.moveTo(new double[] {0.3});

        for (int s = 0; s < SAMPLES; s++) {
            assertThat(samples.mu[s]).isCloseTo(mu[s], within(0.01));
            assertThat(samples.slack[s]).isCloseTo(slack[s], within(0.02));
        }
    }

    @Test
    void modelsThatMoveTogetherDoNotMakeMuLookMoreCertain() {
        ToDoubleBiFunction<Double, Integer> together = (x, model) -> Math.sin(4 * x);
        FleetObjective one = Problems.fleet(1, 1);
        FleetObjective many = Problems.fleet(8, 1);
        FleetSamples single = samples(one, results(one, together, 0.01, 0, 0.15, 0.3));
        FleetSamples fleet = samples(many, results(many, together, 0.01, 0, 0.15, 0.3));

        single.moveTo(new double[] {1});
        fleet.moveTo(new double[] {1});

        assertThat(spread(fleet.mu) / spread(single.mu)).isBetween(0.8, 1.25);
    }

    @Test
    void theSlackIsThatOfTheFirstRegressionTooMany() {
        // Precise constant deltas -0.3, -0.1, 0.2, 0.4: with one regression allowed of four, the second smallest
        // decides.
        double[] constant = {-0.3, -0.1, 0.2, 0.4};
        FleetObjective objective = Problems.fleet(4, 0.25);
        FleetSamples samples =
                samples(objective, results(objective, (x, model) -> constant[model] + 1e-3 * x, 1e-4, 0, 0.5, 1));

        samples.moveToSite(1);

        assertThat(Arrays.stream(samples.slack).average().orElseThrow()).isCloseTo(-0.1 + 0.05, within(0.005));
    }

    @Test
    void nothingCanBeInfeasibleWhereEveryModelMayRegress() {
        FleetObjective objective = Problems.fleet(2, 1);
        FleetSamples samples = samples(objective, results(objective, (x, model) -> -9 * x, 0.01, 0, 0.5, 1));

        samples.moveTo(new double[] {0.9});

        assertThat(samples.slack).containsOnly(Double.POSITIVE_INFINITY);
    }

    private static FleetSamples samples(FleetObjective objective, List<Result> told) {
        DeltaTable table = new DeltaTable(CUBE, objective, told);
        FleetSurrogate surrogate = FleetSurrogate.fit(CoordinateGroups.of(CUBE), objective, table);
        return new FleetSamples(surrogate, objective, table.points, SAMPLES, new Well19937c(4));
    }

    private static List<Result> results(
            FleetObjective objective, ToDoubleBiFunction<Double, Integer> delta, double error, double... xs) {
        List<Result> results = new ArrayList<>();
        for (double x : xs) {
            List<ModelDelta> deltas = IntStream.range(0, objective.models().size())
                    .mapToObj(i -> new ModelDelta("m" + i, false, delta.applyAsDouble(x, i), error))
                    .toList();
            results.add(new Result(new ParameterValues(Map.of("x", x)), deltas, objective.outcome(deltas)));
        }
        return results;
    }

    private static double share(double[] slack) {
        return Arrays.stream(slack).filter(value -> value >= 0).count() / (double) slack.length;
    }

    private static double spread(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Math.sqrt(Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow());
    }
}
