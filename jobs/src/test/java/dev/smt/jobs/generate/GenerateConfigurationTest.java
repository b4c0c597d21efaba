package dev.smt.jobs.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.smt.fleet.RankingStage;
import dev.smt.jobs.config.InvalidInputException;
import org.junit.jupiter.api.Test;

class GenerateConfigurationTest {
    @Test
    void everyKeyHasADefault() {
        GenerateConfiguration configuration = Worlds.configuration("");
        assertThat(configuration.rows()).isEqualTo(60_000);
        assertThat(configuration.stages()).containsExactly(RankingStage.RANKING, RankingStage.PRE_RANKING);
        assertThat(configuration.features().numeric()).isEqualTo(new GenerateConfiguration.FeatureCount(20, 6));
        assertThat(configuration.baseRates()).isEqualTo(new GenerateConfiguration.BaseRates(0.3, 0.08, 0.15, 0.05));
        assertThat(configuration.overwrite()).isFalse();
    }

    @Test
    void allProblemsAreListedAtOnceWithKeyValueAndMend() {
        InvalidInputException problems = catchThrowableOfType(
                InvalidInputException.class,
                () -> Worlds.configuration(
                        """
                        rows = 0, start = yesterday, models = 1000, clusters = 13, surfaces = [feed, "two words"]
                        stages = [ranking, last], features.id = {count = 5, informative = 6}
                        features.transform.count = 0, effects.history-window = 30, base-rates.click = 1.5, colour = red
                        """));
        assertThat(problems.problems())
                .contains(
                        "generate.rows is 0; allowed: a whole number, 1 or more",
                        "generate.start is \"yesterday\"; allowed: a date such as 2026-01-05",
                        "generate.stages: ranking stage is \"last\"; allowed: retrieval, pre-ranking, ranking",
                        "generate.surfaces is \"two words\"; allowed: names of small letters, digits and _, that start"
                                + " with a letter",
                        "generate.clusters is 13; allowed: at most 4 = surfaces x 2 events x stages; name more surfaces"
                                + " or stages",
                        "generate.models is 1000; allowed: 13 (one of each cluster) to 52 = clusters x countries x 2"
                                + " labels; name more countries or raise clusters",
                        "generate.features.id.informative is 6; allowed: a whole number, 1 to"
                                + " generate.features.id.count = 5",
                        "generate.features.transform.count is 0; allowed: a whole number, 1 or more",
                        "generate.effects.history-window is 30; allowed: at most effects.history-length = 20",
                        "generate.base-rates.click is 1.5; allowed: a number, 0.001 to 0.999")
                .anyMatch(problem -> problem.startsWith("unknown key generate.colour; known here: ads, base-rates"))
                .hasSize(11);
    }

    @Test
    void anInteractionNeedsFourInformativeNumbers() {
        InvalidInputException problem = catchThrowableOfType(
                InvalidInputException.class, () -> Worlds.configuration("features.numeric.informative = 3"));
        assertThat(problem.problems())
                .containsExactly("generate.effects.interaction is 1.0; allowed: 0 where features.numeric.informative is"
                        + " below 4: the interaction is planted on four of them");
        assertThat(Worlds.configuration("features.numeric.informative = 3, effects.interaction = 0")
                        .features()
                        .numeric()
                        .informative())
                .isEqualTo(3);
    }
}
