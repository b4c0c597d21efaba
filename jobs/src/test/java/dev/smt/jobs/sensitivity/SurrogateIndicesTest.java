package dev.smt.jobs.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.jobs.mmo.CompletedTrial;
import dev.smt.search.Parameter;
import dev.smt.search.SearchSpace;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Laws whose indices are known, through trials with little noise. */
class SurrogateIndicesTest {
    private static final SensitivityConfiguration DEFAULTS = new SensitivityConfiguration(0.05, 0.05, true);
    private static final SearchSpace TWO =
            SearchSpace.of(new Parameter.Real("t.x", 0, 1, false), new Parameter.Real("t.y", 0.01, 1, true));
    private static final SearchSpace WITH_LEVELS = SearchSpace.of(
            new Parameter.Real("t.x", 0, 1, false), new Parameter.Categorical("t.kind", List.of("a", "b", "c")));

    @Test
    void aLinearLawHasTheIndicesOfItsSlopes() {
        PlantedStudy study = new PlantedStudy(TWO, 1, 1, 1);
        SurrogateIndices found = indices(
                TWO,
                study,
                study.trials(
                        30,
                        0.002,
                        1,
                        (theta, model) ->
                                0.4 * theta.real("t.x") + 0.2 * Math.log(theta.real("t.y") / 0.01) / Math.log(100)));
        // 0.16 : 0.04 of the variance, which is (0.16 + 0.04) / 12.
        assertThat(found.at("t.x").orElseThrow().total()).isCloseTo(0.8, within(0.03));
        assertThat(found.at("t.y").orElseThrow().total()).isCloseTo(0.2, within(0.03));
        assertThat(found.at("t.x").orElseThrow().firstOrder()).isCloseTo(0.8, within(0.03));
        assertThat(found.muDeviation()).isCloseTo(Math.sqrt(0.2 / 12), within(0.005));
        assertThat(found.straightEffect("t.x")).isCloseTo(0.4, within(0.02));
        assertThat(found.straightEffect("t.y")).isCloseTo(0.2, within(0.02));
    }

    @Test
    void anOptimumInsideTheRangeIsSeenByTheIndicesAndNotByEquationSeven() {
        PlantedStudy study = new PlantedStudy(TWO, 1, 1, 1);
        List<CompletedTrial> trials =
                study.trials(40, 0.002, 7, (theta, model) -> -1.2 * Math.pow(theta.real("t.x") - 0.5, 2));
        ParameterSensitivity linear = study.analysed(DEFAULTS, trials).get(0);
        SurrogateIndices found = indices(TWO, study, trials);
        assertThat(linear.expose()).as(linear.reason()).isFalse();
        assertThat(found.at("t.x").orElseThrow().total()).isGreaterThan(0.95);
        // 1.2^2 Var((u - 1/2)^2) = 1.44 / 180, times 12.
        assertThat(found.straightEffect("t.x")).isCloseTo(Math.sqrt(12 * 1.44 / 180), within(0.03));
        assertThat(SensitivityText.lines("t", study.analysed(DEFAULTS, trials), found, 0.05))
                .hasSize(2)
                .first()
                .isEqualTo("t: expose nothing");
        assertThat(SensitivityText.lines("t", study.analysed(DEFAULTS, trials), found, 0.05)
                        .get(1))
                .startsWith("  t.x is standardized by Eq. 7 (effect 0.0")
                .contains("as much as an effect of 0.3", "total index ")
                .endsWith("an optimum inside the range, an interaction, or infeasible trials");
    }

    @Test
    void anInteractionHasATotalIndexOnly() {
        PlantedStudy study = new PlantedStudy(TWO, 1, 1, 1);
        SurrogateIndices found = indices(
                TWO,
                study,
                study.trials(
                        60,
                        0.002,
                        2,
                        (theta, model) -> (theta.real("t.x") - 0.5)
                                * (Math.log(theta.real("t.y") / 0.01) / Math.log(100) - 0.5)));
        assertThat(found.at("t.x").orElseThrow().firstOrder()).isLessThan(0.1);
        assertThat(found.at("t.x").orElseThrow().total()).isGreaterThan(0.9);
        assertThat(found.at("t.y").orElseThrow().total()).isGreaterThan(0.9);
    }

    @Test
    void allLevelsHaveTheIndicesOfTheirParameter() {
        PlantedStudy study = new PlantedStudy(WITH_LEVELS, 1, 1);
        SurrogateIndices found = indices(
                WITH_LEVELS,
                study,
                study.trials(
                        30, 0.002, 1, (theta, model) -> theta.level("t.kind").equals("b") ? 0.3 : 0));
        assertThat(found.at("t.kind=a")).isEqualTo(found.at("t.kind=c"));
        assertThat(found.at("t.kind=b").orElseThrow().total()).isGreaterThan(0.95);
        assertThat(found.at("t.x").orElseThrow().total()).isLessThan(0.05);
        // Of a third and two thirds: 0.3^2 * 2 / 9.
        assertThat(found.muDeviation()).isCloseTo(0.3 * Math.sqrt(2.0 / 9), within(0.01));
        assertThat(found.byCoordinate()).containsOnlyKeys("t.x", "t.kind=a", "t.kind=b", "t.kind=c");
    }

    @Test
    void thereAreNoIndicesWithoutASurrogate() {
        PlantedStudy study = new PlantedStudy(TWO, 1, 1);
        List<CompletedTrial> trials = study.trials(4, 0.01, 1, (theta, model) -> theta.real("t.x"));
        assertThat(indices(TWO, study, trials.subList(0, 3))).isEqualTo(SurrogateIndices.NONE);
        assertThat(indices(TWO, study, trials).at("t.x")).isPresent();
        assertThat(SurrogateIndices.NONE.straightEffect("t.x")).isZero();
        PlantedStudy without = new PlantedStudy(SearchSpace.of(), 1, 1);
        assertThat(indices(SearchSpace.of(), without, without.trials(5, 0.01, 1, (theta, model) -> 0)))
                .isEqualTo(SurrogateIndices.NONE);
    }

    @Test
    void anExposedParameterIsShownWithTheNumbersThatDecided() {
        PlantedStudy study = new PlantedStudy(TWO, 1, 1, 1);
        List<ParameterSensitivity> found =
                study.analysed(DEFAULTS, study.trials(20, 0.002, 1, (theta, model) -> 0.4 * theta.real("t.x")));
        assertThat(SensitivityText.lines("t", found, SurrogateIndices.NONE, 0.05))
                .containsExactly(
                        "t: expose t.x", "  expose t.x: " + found.get(0).reason())
                .last()
                .asString()
                .contains("effect 0.40", ">= 0.050; deviation between models 0.0");
    }

    private static SurrogateIndices indices(SearchSpace space, PlantedStudy study, List<CompletedTrial> trials) {
        return TechniqueSurrogate.of(space, study.objective(), trials, 1)
                .map(surrogate -> SurrogateIndices.of(space, surrogate, 1))
                .orElse(SurrogateIndices.NONE);
    }
}
