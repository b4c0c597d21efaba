package dev.smt.jobs.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.jobs.mmo.CompletedTrial;
import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SensitivityAnalysisTest {
    private static final double CUT_OFF = 0.05;
    private static final SensitivityAnalysis ANALYSIS =
            new SensitivityAnalysis(new SensitivityConfiguration(CUT_OFF, CUT_OFF));
    private static final SearchSpace NUMBERS = SearchSpace.of(
            new Parameter.Real("t.a", 0, 2, false),
            new Parameter.Real("t.b", 0.001, 0.1, true),
            new Parameter.Flag("t.c"));
    private static final SearchSpace LEVELS = SearchSpace.of(new Parameter.Categorical("t.l", List.of("x", "y", "z")));

    /** Which delta a model has at a point of the unit cube. */
    private interface Effect {
        double delta(int model, double a, double b, double c);
    }

    @Test
    void recoversPlantedEffectsWithinTwoStandardErrors() {
        double[] planted = {0.3, -0.2, 0.04};
        int within = 0;
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            List<ParameterSensitivity> found = ANALYSIS.of(
                    NUMBERS,
                    objective(8),
                    trials(
                            8,
                            30,
                            random,
                            (model, a, b, c) -> 1
                                    + planted[0] * a
                                    + planted[1] * b
                                    + planted[2] * c
                                    + 0.05 * random.nextGaussian()));
            for (int k = 0; k < planted.length; k++) {
                double error = found.get(k).betaSe().orElseThrow();
                assertThat(error).isBetween(0.002, 0.03);
                within += Math.abs(found.get(k).beta().orElseThrow() - planted[k]) <= 2 * error ? 1 : 0;
            }
        }
        // 95 % of 60 are expected; fewer than 52 has a probability below 1 %.
        assertThat(within).isGreaterThanOrEqualTo(52);
    }

    @Test
    void exposesAParameterOnWhichTheModelsDisagreeThoughItsMeanEffectIsNothing() {
        List<ParameterSensitivity> found = ANALYSIS.of(
                NUMBERS,
                objective(8),
                trials(8, 20, new Random(1), (model, a, b, c) -> 1 + (model % 2 == 0 ? 0.4 : -0.4) * b));
        ParameterSensitivity disputed = found.get(1);
        assertThat(disputed.parameter()).isEqualTo("t.b");
        assertThat(disputed.beta().orElseThrow()).isCloseTo(0, within(1e-9));
        // Four times 0.4 and four times -0.4: 8 * 0.16 / 7.
        assertThat(disputed.variance().orElseThrow()).isCloseTo(1.28 / 7, within(1e-9));
        assertThat(disputed.expose()).isTrue();
        assertThat(found.get(0).expose()).isFalse();
        assertThat(found.get(2).expose()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0.049, 0.049, false",
        "0.05, 0, true",
        "-0.05, 0, true",
        "0.049, 0.05, true",
        "0, 0.05, true",
        "0.9, 0.9, true",
        "0, 0, false"
    })
    void exposesWhereEitherIsLarge(double beta, double deviation, boolean expose) {
        assertThat(ANALYSIS.decide("t.a", beta, 0.01, deviation * deviation).expose())
                .isEqualTo(expose);
    }

    @Test
    void theReasonGivesTheNumbers() {
        assertThat(ANALYSIS.decide("t.a", -0.2, 0.01, 0.0001).reason())
                .isEqualTo("|beta| 0.200 >= 0.050, deviation between models 0.010 < 0.050");
    }

    @Test
    void effectsOfLevelsAreRelativeToTheirMean() {
        // Means 0.1, 0.4, 0.1 around 0.2; residuals 0.1 twice, 0.1 twice and 0: s^2 = 0.04 / 3. An effect is 2/3 of
        // one mean of two less 1/3 of each of the others: its variance is s^2 / 2 * (4/9 + 1/9 + 1/9).
        List<ParameterSensitivity> found = ANALYSIS.of(
                LEVELS,
                objective(1),
                List.of(
                        level(0, "x", 0.0),
                        level(1, "x", 0.2),
                        level(2, "y", 0.3),
                        level(3, "y", 0.5),
                        level(4, "z", 0.1),
                        level(5, "z", 0.1)));
        assertThat(found).extracting(ParameterSensitivity::parameter).containsExactly("t.l=x", "t.l=y", "t.l=z");
        double[] effects = {-0.1, 0.2, -0.1};
        for (int k = 0; k < effects.length; k++) {
            assertThat(found.get(k).beta().orElseThrow()).isCloseTo(effects[k], within(1e-9));
            assertThat(found.get(k).betaSe().orElseThrow()).isCloseTo(Math.sqrt(0.04 / 9), within(1e-9));
            assertThat(found.get(k).variance().orElseThrow()).isZero();
            assertThat(found.get(k).expose()).isTrue();
        }
    }

    @Test
    void aLevelThatIsInNoFeasibleTrialIsLeftOutAndTheOthersAreNot() {
        List<ParameterSensitivity> found = ANALYSIS.of(
                LEVELS,
                objective(1),
                List.of(
                        level(0, "x", 0.1),
                        level(1, "x", 0.1),
                        level(2, "y", -9),
                        level(3, "z", 0.3),
                        level(4, "z", 0.3)));
        assertThat(found.get(0).beta().orElseThrow()).isCloseTo(-0.1, within(1e-9));
        assertThat(found.get(2).beta().orElseThrow()).isCloseTo(0.1, within(1e-9));
        assertThat(found.get(1).beta()).isEmpty();
        assertThat(found.get(1).expose()).isFalse();
        assertThat(found.get(1).reason()).isEqualTo("it never varies among the feasible trials");
    }

    @Test
    void infeasibleAndFailedTrialsAreLeftOut() {
        FleetObjective objective = objective(4);
        Effect effect = (model, a, b, c) -> 0.2 + 0.3 * a;
        List<CompletedTrial> trials = trials(4, 12, new Random(2), effect);
        List<ParameterSensitivity> expected = ANALYSIS.of(NUMBERS, objective, trials);
        List<CompletedTrial> more = new ArrayList<>(trials);
        more.addAll(trials(4, 5, new Random(3), (model, a, b, c) -> model == 0 ? -40 * b : 30));
        more.add(new CompletedTrial(
                99,
                trials.get(0).theta(),
                List.of(
                        ModelDelta.failure("m0"),
                        new ModelDelta("m1", false, 50, 0),
                        new ModelDelta("m2", false, 50, 0),
                        new ModelDelta("m3", false, 50, 0)),
                1));
        assertThat(ANALYSIS.of(NUMBERS, objective, more)).isEqualTo(expected);
        assertThat(expected.get(0).beta().orElseThrow()).isCloseTo(0.3, within(1e-9));
    }

    @Test
    void tooFewFeasibleTrialsExposeNothingAndTheReasonSaysSo() {
        List<CompletedTrial> trials =
                new ArrayList<>(trials(3, 4, new Random(4), (model, a, b, c) -> 8 + 5 * a - 7 * b));
        trials.addAll(trials(3, 3, new Random(5), (model, a, b, c) -> -9));
        List<ParameterSensitivity> found = ANALYSIS.of(NUMBERS, objective(3), trials);
        assertThat(found).hasSize(3).allSatisfy(parameter -> {
            assertThat(parameter.expose()).isFalse();
            assertThat(parameter.beta()).isEmpty();
            assertThat(parameter.reason())
                    .isEqualTo("feasible trials: 4 of 7; too few, or too alike, for a linear fit in 3 coordinates");
        });
    }

    @Test
    void aSpaceWithoutParametersHasNothingToSay() {
        SearchSpace none = SearchSpace.of();
        List<CompletedTrial> trials = IntStream.range(0, 3)
                .mapToObj(number -> new CompletedTrial(
                        number, ParameterValues.empty(), List.of(new ModelDelta("m0", false, number, 0)), 1))
                .toList();
        assertThat(ANALYSIS.of(none, objective(1), trials)).isEmpty();
    }

    private static FleetObjective objective(int models) {
        Map<String, Double> weights = new LinkedHashMap<>();
        IntStream.range(0, models).forEach(model -> weights.put("m" + model, 1.0));
        return new FleetObjective(0.05, 0.1, 0.05, weights);
    }

    private static List<CompletedTrial> trials(int models, int count, Random random, Effect effect) {
        List<CompletedTrial> trials = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            double a = random.nextDouble();
            double b = random.nextDouble();
            boolean c = number % 2 == 0;
            ParameterValues theta = ParameterValues.empty()
                    .with("t.a", 2 * a)
                    .with("t.b", 0.001 * Math.pow(100, b))
                    .with("t.c", c);
            trials.add(new CompletedTrial(
                    number,
                    theta,
                    IntStream.range(0, models)
                            .mapToObj(model ->
                                    new ModelDelta("m" + model, false, effect.delta(model, a, b, c ? 1 : 0), 0.01))
                            .toList(),
                    1));
        }
        return trials;
    }

    private static CompletedTrial level(int number, String level, double delta) {
        return new CompletedTrial(
                number, ParameterValues.empty().with("t.l", level), List.of(new ModelDelta("m0", false, delta, 0)), 1);
    }
}
