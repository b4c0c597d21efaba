package dev.smt.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.benchmark.SimulatedTrainings.Rows;
import dev.smt.metric.ModelDelta;
import dev.smt.search.ParameterValues;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;

/** Simulated trainings are as noisy as they say, and the same again. */
class SimulatedTrainingsTest {
    private static final BenchmarkFleet FLEET = BenchmarkFleet.of(new BenchmarkShape(40, 4, 6, 0.2, 0.1, 0.035, 1), 5);
    private static final BenchmarkTechnique TECHNIQUE = FLEET.techniques().get(0);
    private static final ParameterValues THETA = TECHNIQUE.defaults();

    private final SimulatedTrainings trainings = new SimulatedTrainings(FLEET);

    @Test
    void theSameTrainingShowsTheSameAndAnotherSeedOrOtherRowsShowSomethingElse() {
        BenchmarkModel model = steady();
        ModelDelta delta = trainings.of(TECHNIQUE, THETA, model, Rows.VALIDATION, 0);
        assertThat(new SimulatedTrainings(FLEET).of(TECHNIQUE, THETA, model, Rows.VALIDATION, 0))
                .isEqualTo(delta);
        assertThat(trainings.of(TECHNIQUE, THETA, model, Rows.VALIDATION, 1)).isNotEqualTo(delta);
        assertThat(trainings.of(TECHNIQUE, THETA, model, Rows.TEST, 0)).isNotEqualTo(delta);
        assertThat(delta.standardError()).isEqualTo(model.rowError());
    }

    @Test
    void seedsHaveTheirPartOfTheVarianceAndRowsShareHalfOfTheirs() {
        BenchmarkModel model = steady();
        SummaryStatistics seeds = new SummaryStatistics();
        IntStream.range(0, 2000)
                .forEach(seed -> seeds.addValue(trainings
                        .of(TECHNIQUE, THETA, model, Rows.VALIDATION, seed)
                        .delta()));
        // The shared half of the rows' variance does not vary with the seed.
        assertThat(seeds.getStandardDeviation() / model.rowError()).isCloseTo(Math.sqrt(1.5), within(0.07));
        double bias = (seeds.getMean() - TECHNIQUE.surface().delta(THETA, model)) / model.rowError();
        assertThat(Math.abs(bias)).isBetween(0.01, 3.0);
    }

    @Test
    void theNoiseOfTheWholeFleetHasNoBias() {
        SummaryStatistics errors = new SummaryStatistics();
        for (BenchmarkTechnique technique : FLEET.techniques()) {
            for (BenchmarkModel model : FLEET.models()) {
                ModelDelta delta = trainings.of(technique, technique.defaults(), model, Rows.TEST, 0);
                if (!delta.failed()) {
                    double truth = technique.surface().delta(technique.defaults(), model);
                    errors.addValue((delta.delta() - truth) / model.rowError());
                }
            }
        }
        assertThat(errors.getMean()).isCloseTo(0, within(0.3));
        assertThat(errors.getStandardDeviation()).isCloseTo(Math.sqrt(2), within(0.2));
    }

    @Test
    void effectsAddUpAndWhatTheBaselineHasIsNoGain() {
        BenchmarkModel model = steady();
        BenchmarkTechnique other = FLEET.techniques().get(1);
        Map<BenchmarkTechnique, ParameterValues> both = Map.of(TECHNIQUE, THETA, other, other.defaults());
        double sum = TECHNIQUE.surface().delta(THETA, model) + other.surface().delta(other.defaults(), model);
        assertThat(SimulatedTrainings.effect(both, model)).isCloseTo(sum, within(1e-12));
        assertThat(trainings.of(both, both, model, Rows.TEST, 0).delta()).isCloseTo(0, within(10 * model.rowError()));
    }

    @Test
    void onlyTrainingsOfModelsThatLoseFailAndFew() {
        assertThat(FLEET.models().stream().filter(model -> model.resists() || model.cluster() == 0))
                .allSatisfy(model -> {
                    long failures = IntStream.range(0, 500)
                            .filter(seed -> trainings
                                    .of(TECHNIQUE, THETA, model, Rows.VALIDATION, seed)
                                    .failed())
                            .count();
                    assertThat(failures).isBetween(model.loss() > 0 ? 2L : 0L, model.loss() > 0 ? 25L : 0L);
                });
    }

    private static BenchmarkModel steady() {
        return FLEET.models().stream()
                .filter(model -> !model.resists())
                .findFirst()
                .orElseThrow();
    }
}
