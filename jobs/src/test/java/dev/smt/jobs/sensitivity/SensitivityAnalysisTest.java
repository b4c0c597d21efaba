package dev.smt.jobs.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.jobs.mmo.CompletedTrial;
import dev.smt.jobs.sensitivity.ParameterSensitivity.Estimate;
import dev.smt.metric.ModelDelta;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SensitivityAnalysisTest {
    private static final SensitivityConfiguration DEFAULTS = new SensitivityConfiguration(0.05, 0.05, true);
    private static final SearchSpace ONE = SearchSpace.of(new Parameter.Real("t.x", 0, 1, false));
    private static final SearchSpace MIXED = SearchSpace.of(
            new Parameter.Real("t.rate", 0.001, 0.1, true),
            new Parameter.Whole("t.layers", 1, 5, false),
            new Parameter.Categorical("t.pooling", List.of("sum", "mean", "max")),
            new Parameter.Flag("t.residual"));
    /** The effects of {@link #mixed} over each coordinate's range; a level's relative to the mean of the levels. */
    private static final Map<String, Double> MIXED_TRUTH = Map.of(
            "t.rate", 0.3,
            "t.layers", -0.2,
            "t.pooling=sum", 0.2,
            "t.pooling=mean", 0.0,
            "t.pooling=max", -0.2,
            "t.residual", 0.1);

    private static double mixed(ParameterValues theta) {
        double rate = Math.log(theta.real("t.rate") / 0.001) / Math.log(100);
        double layers = (theta.whole("t.layers") - 1) / 4.0;
        double pooling = Map.of("sum", 0.5, "mean", 0.3, "max", 0.1).get(theta.level("t.pooling"));
        return 0.3 * rate - 0.2 * layers + pooling + (theta.flag("t.residual") ? 0.1 : 0);
    }

    @Test
    void coefficientsOfALinearLawAreExactOverTheWholeRange() {
        PlantedStudy study = new PlantedStudy(MIXED, 1, 2, 3);
        List<ParameterSensitivity> found =
                study.analysed(DEFAULTS, study.trials(20, 0, 1, (theta, model) -> mixed(theta)));
        assertThat(found).hasSize(6).allSatisfy(parameter -> {
            assertThat(estimate(parameter).beta())
                    .as(parameter.parameter())
                    .isCloseTo(MIXED_TRUTH.get(parameter.parameter()), within(1e-9));
            assertThat(estimate(parameter).standardError()).isLessThan(1e-9);
            assertThat(estimate(parameter).varianceAcrossModels().orElseThrow()).isLessThan(1e-18);
            assertThat(parameter.expose()).isTrue();
        });
    }

    @Test
    void twoStandardErrorsHoldTheTrueCoefficientInNearlyAllStudies() {
        PlantedStudy study = new PlantedStudy(MIXED, 1, 2, 3, 4, 5);
        int held = 0;
        int all = 0;
        for (long seed = 0; seed < 100; seed++) {
            for (ParameterSensitivity parameter :
                    study.analysed(DEFAULTS, study.trials(30, 0.05, seed, (theta, model) -> mixed(theta)))) {
                double error = estimate(parameter).beta() - MIXED_TRUTH.get(parameter.parameter());
                held += Math.abs(error) <= 2 * estimate(parameter).standardError() ? 1 : 0;
                all++;
            }
        }
        // Student's t with 24 degrees of freedom: 94.3 %.
        assertThat((double) held / all).isBetween(0.91, 0.98);
    }

    @ParameterizedTest(name = "effect {0}, deviation {1}: exposed {2}")
    @CsvSource({"0.02, 0.01, false", "0.30, 0.01, true", "0.02, 0.30, true", "0.30, 0.30, true"})
    void aParameterIsExposedWhenItsEffectIsLargeOrTheModelsDisagree(double effect, double deviation, boolean exposed) {
        PlantedStudy study = new PlantedStudy(ONE, 1, 1, 1, 1);
        // Half of the models above, half below: a population deviation of d is one of d * sqrt(4 / 3) in a sample of 4.
        List<CompletedTrial> trials = study.trials(
                20,
                0.001,
                1,
                (theta, model) ->
                        theta.real("t.x") * (effect + (model % 2 == 0 ? deviation : -deviation) * Math.sqrt(0.75)));
        ParameterSensitivity found = study.analysed(DEFAULTS, trials).get(0);
        assertThat(found.expose()).as(found.reason()).isEqualTo(exposed);
        assertThat(estimate(found).beta()).isCloseTo(effect, within(0.003));
        assertThat(Math.sqrt(estimate(found).varianceAcrossModels().orElseThrow()))
                .isCloseTo(deviation, within(0.003));
    }

    @Test
    void oppositeSignsOnHalfOfTheModelsExposeAParameterWithoutAnEffectOnTheFleet() {
        PlantedStudy study = new PlantedStudy(ONE, 1, 1, 1, 1, 1, 1);
        ParameterSensitivity found = study.analysed(
                        DEFAULTS,
                        study.trials(15, 0.01, 3, (theta, model) -> (model < 3 ? 0.4 : -0.4) * theta.real("t.x")))
                .get(0);
        assertThat(Math.abs(estimate(found).beta())).isLessThan(0.02);
        assertThat(estimate(found).varianceAcrossModels().orElseThrow()).isCloseTo(0.192, within(0.02));
        assertThat(found.expose()).isTrue();
        assertThat(found.reason())
                .contains("effect 0.0", "< 0.050")
                .contains("deviation between models 0.4", ">= 0.050");
    }

    @Test
    void noiseAloneSeldomExposes() {
        PlantedStudy study = new PlantedStudy(ONE, 1, 1, 1, 1, 1, 1, 1, 1);
        SensitivityConfiguration cutOffsOnly = new SensitivityConfiguration(0.05, 0.05, false);
        int exposed = 0;
        int exposedByCutOffs = 0;
        for (long seed = 0; seed < 100; seed++) {
            List<CompletedTrial> nothing = study.trials(12, 0.1, seed, (theta, model) -> 0);
            exposed += study.analysed(DEFAULTS, nothing).get(0).expose() ? 1 : 0;
            exposedByCutOffs += study.analysed(cutOffsOnly, nothing).get(0).expose() ? 1 : 0;
        }
        assertThat(exposed).isLessThanOrEqualTo(15);
        assertThat(exposedByCutOffs).isGreaterThan(40);
    }

    @Test
    void theNoisePartOfTheVarianceIsWhatNoiseAloneMakes() {
        PlantedStudy study = new PlantedStudy(ONE, 1, 1, 1, 1, 1, 1, 1, 1);
        double raw = 0;
        double noise = 0;
        for (long seed = 0; seed < 200; seed++) {
            Estimate estimate = estimate(study.analysed(DEFAULTS, study.trials(12, 0.1, seed, (theta, model) -> 0))
                    .get(0));
            raw += estimate.varianceAcrossModels().orElseThrow();
            noise += estimate.noiseVariance();
        }
        assertThat(raw / noise).isBetween(0.9, 1.1);
    }

    @Test
    void aCategoricalParameterIsJudgedByTheTwoLevelsThatDifferMost() {
        SearchSpace space = SearchSpace.of(new Parameter.Categorical("t.kind", List.of("a", "b")));
        PlantedStudy study = new PlantedStudy(space, 1, 1);
        // Each level is 0.03 from the mean of the two: below the cut-off, but 0.06 from the other.
        List<ParameterSensitivity> found = study.analysed(
                DEFAULTS,
                study.trials(
                        20, 0.001, 1, (theta, model) -> theta.level("t.kind").equals("a") ? 0.06 : 0));
        assertThat(found).extracting(ParameterSensitivity::parameter).containsExactly("t.kind=a", "t.kind=b");
        assertThat(estimate(found.get(0)).beta()).isCloseTo(0.03, within(0.002));
        assertThat(estimate(found.get(1)).beta()).isCloseTo(-0.03, within(0.002));
        assertThat(estimate(found.get(1)).standardError())
                .isCloseTo(estimate(found.get(0)).standardError(), within(1e-12));
        assertThat(found).allMatch(ParameterSensitivity::expose);
    }

    @Test
    void infeasibleTrialsDoNotCount() {
        PlantedStudy study = new PlantedStudy(ONE, 1, 1);
        List<CompletedTrial> trials = study.trials(10, 0.01, 1, (theta, model) -> 0.2 * theta.real("t.x"));
        List<CompletedTrial> withInfeasible = new ArrayList<>(trials);
        for (double x : new double[] {0.1, 0.9}) {
            withInfeasible.add(new CompletedTrial(
                    99,
                    new ParameterValues(Map.of("t.x", x)),
                    List.of(new ModelDelta("model-0", false, 50 * x, 0), ModelDelta.failure("model-1")),
                    1));
        }
        assertThat(study.analysed(DEFAULTS, withInfeasible)).isEqualTo(study.analysed(DEFAULTS, trials));
    }

    @Test
    void nothingIsExposedWhereTheTrialsAreTooFewToTell() {
        PlantedStudy study = new PlantedStudy(ONE, 1, 1);
        List<CompletedTrial> four = study.trials(4, 0, 1, (theta, model) -> theta.real("t.x"));
        assertThat(study.analysed(DEFAULTS, four).get(0).expose()).isTrue();
        for (List<CompletedTrial> few : List.of(four.subList(0, 3), List.<CompletedTrial>of())) {
            assertThat(study.analysed(DEFAULTS, few)).singleElement().satisfies(parameter -> {
                assertThat(parameter.expose()).isFalse();
                assertThat(parameter.estimate()).isEmpty();
                assertThat(parameter.reason())
                        .startsWith(few.size() + " feasible trials of " + few.size() + " are too few");
            });
        }
    }

    @Test
    void aParameterThatNeverChangesDoesNotHinderTheOthers() {
        PlantedStudy study = new PlantedStudy(MIXED, 1, 1);
        List<CompletedTrial> trials =
                study.trials(20, 0, 1, (theta, model) -> mixed(theta.with("t.layers", 3L))).stream()
                        .filter(trial -> !trial.theta().level("t.pooling").equals("max"))
                        .map(trial -> new CompletedTrial(
                                trial.number(), trial.theta().with("t.layers", 3L), trial.deltas(), 1))
                        .toList();
        List<ParameterSensitivity> found = study.analysed(DEFAULTS, trials);
        assertThat(named(found, "t.layers").estimate()).isEmpty();
        assertThat(named(found, "t.layers").reason()).contains("is the same in all");
        assertThat(named(found, "t.pooling=max").estimate()).isEmpty();
        assertThat(estimate(named(found, "t.pooling=sum")).beta()).isCloseTo(0.1, within(1e-9));
        assertThat(estimate(named(found, "t.rate")).beta()).isCloseTo(0.3, within(1e-9));
    }

    @Test
    void parametersThatAlwaysChangeTogetherCanNotBeToldApart() {
        SearchSpace space =
                SearchSpace.of(new Parameter.Real("t.x", 0, 1, false), new Parameter.Real("t.y", 0, 1, false));
        PlantedStudy study = new PlantedStudy(space, 1, 1);
        List<CompletedTrial> trials = study.trials(10, 0, 1, (theta, model) -> theta.real("t.x")).stream()
                .map(trial -> new CompletedTrial(
                        trial.number(), trial.theta().with("t.y", trial.theta().real("t.x")), trial.deltas(), 1))
                .toList();
        assertThat(study.analysed(DEFAULTS, trials)).hasSize(2).allSatisfy(parameter -> {
            assertThat(parameter.expose()).isFalse();
            assertThat(parameter.reason()).contains("always change together");
        });
    }

    @Test
    void oneModelHasNoVarianceAcrossModels() {
        PlantedStudy study = new PlantedStudy(ONE, 1);
        ParameterSensitivity found = study.analysed(
                        DEFAULTS, study.trials(10, 0.001, 1, (theta, model) -> 0.2 * theta.real("t.x")))
                .get(0);
        assertThat(estimate(found).varianceAcrossModels()).isEmpty();
        assertThat(found.expose()).isTrue();
    }

    @Test
    void aSpaceWithoutParametersHasNothingToSay() {
        PlantedStudy study = new PlantedStudy(SearchSpace.of(), 1, 1);
        assertThat(study.analysed(DEFAULTS, study.trials(5, 0.01, 1, (theta, model) -> 0)))
                .isEmpty();
    }

    private static Estimate estimate(ParameterSensitivity parameter) {
        return parameter.estimate().orElseThrow();
    }

    private static ParameterSensitivity named(List<ParameterSensitivity> found, String name) {
        return found.stream()
                .filter(parameter -> parameter.parameter().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
