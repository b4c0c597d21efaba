package dev.smt.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.smt.search.ParameterValuesJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Decisions made by hand are scored as their truth says. */
class BenchmarkScoreTest {
    private static final BenchmarkFleet FLEET =
            BenchmarkFleet.of(new BenchmarkShape(40, 4, 8, 0.25, 0.05, 0.035, 1), 2);
    private static final List<BenchmarkTechnique> ABLE =
            FLEET.techniques().stream().filter(BenchmarkTechnique::generalizes).toList();
    private static final BenchmarkTechnique UNABLE = FLEET.techniques().stream()
            .filter(technique -> !technique.generalizes())
            .findFirst()
            .orElseThrow();

    @Test
    void whoTakesEveryBestThetaHasNoRegret() {
        BenchmarkScore score = BenchmarkScore.of(
                FLEET, ABLE.stream().map(BenchmarkScoreTest::best).toList());
        assertThat(score.generalizing()).isEqualTo(6);
        assertThat(score.accepted()).isEqualTo(6);
        assertThat(score.meanRegret()).isZero();
        assertThat(score.nearShare()).isEqualTo(1);
        assertThat(score.falseAcceptance()).isZero();
        assertThat(score.missed()).isZero();
        assertThat(score.trainings()).isEqualTo(60);
    }

    @Test
    void whoDecidesNothingMissesAll() {
        BenchmarkScore score = BenchmarkScore.of(FLEET, List.of());
        assertThat(score.missed()).isEqualTo(6);
        assertThat(score.nearShare()).isZero();
        assertThat(score.meanRegret())
                .isCloseTo(
                        ABLE.stream()
                                .mapToDouble(technique -> FLEET.best(technique)
                                        .orElseThrow()
                                        .outcome()
                                        .mu())
                                .average()
                                .orElseThrow(),
                        within(1e-12));
    }

    @Test
    void onTheWholeFleetAsRepresentativesTheShareIsTheSame() {
        List<TechniqueChoice> two =
                ABLE.subList(0, 2).stream().map(BenchmarkScoreTest::best).toList();
        assertThat(BenchmarkScore.nearShareOf(FLEET, two, FLEET.objective())).isCloseTo(2.0 / 6, within(1e-12));
    }

    @Test
    void acceptingWhatCannotGeneralizeIsFalse() {
        List<TechniqueChoice> choices = new ArrayList<>();
        choices.add(best(ABLE.get(0)));
        choices.add(new TechniqueChoice(UNABLE.name(), true, Optional.of(UNABLE.defaults()), 0));
        BenchmarkScore score = BenchmarkScore.of(FLEET, choices);
        assertThat(score.falselyAccepted()).isEqualTo(1);
        assertThat(score.unableAccepted()).isEqualTo(1);
        assertThat(score.falseAcceptance()).isEqualTo(0.5);
        assertThat(score.missed()).isEqualTo(5);
        assertThat(score.nearShare()).isCloseTo(1.0 / 6, within(1e-12));
    }

    @Test
    void decisionsAreReadFromLinesOfJson() {
        BenchmarkTechnique able = ABLE.get(0);
        String theta = ParameterValuesJson.write(able.searchSpace(), able.defaults());
        List<TechniqueChoice> read = TechniqueChoices.read(
                FLEET,
                List.of(
                        "{\"technique\": \"" + able.name() + "\", \"accepted\": true, \"theta-star\": " + theta
                                + ", \"trainings\": 480}",
                        "",
                        "{\"technique\": \"" + UNABLE.name() + "\", \"accepted\": false}"));
        assertThat(read)
                .containsExactly(
                        new TechniqueChoice(able.name(), true, Optional.of(able.defaults()), 480),
                        new TechniqueChoice(UNABLE.name(), false, Optional.empty(), 0));
    }

    @Test
    void everyWrongLineIsNamed() {
        String name = ABLE.get(0).name();
        assertThatThrownBy(() -> TechniqueChoices.read(
                        FLEET,
                        List.of(
                                "nonsense",
                                "{\"technique\": \"magic\", \"accepted\": true}",
                                "{\"technique\": \"" + name + "\", \"accepted\": true}",
                                "{\"technique\": \"" + name + "\", \"accepted\": \"yes\"}",
                                "{\"technique\": \"" + name + "\", \"accepted\": true, \"theta-star\": {}}")))
                .hasMessageContainingAll(
                        "line 1: not JSON: ",
                        "line 2: technique \"magic\" is not one of the benchmark's 8",
                        "line 3: technique " + name + " is accepted without a theta*",
                        "line 4: ",
                        "; expected an object with technique (a text), accepted (true or false)",
                        "line 5: parameter " + name + ".p1 has no value");
    }

    private static TechniqueChoice best(BenchmarkTechnique technique) {
        return new TechniqueChoice(technique.name(), true, FLEET.best(technique).map(BestTheta::theta), 10);
    }
}
