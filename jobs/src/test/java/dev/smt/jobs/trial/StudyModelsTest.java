package dev.smt.jobs.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smt.fleet.FleetModel;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.fleet.RankingStage;
import dev.smt.jobs.config.InvalidInputException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StudyModelsTest {
    @Test
    void weightsAreNormalized() {
        assertThat(StudyModels.objective(List.of(model("a", 3), model("b", 1)), 0.05, 0.1, 0.05)
                        .weights())
                .containsEntry("a", 0.75)
                .containsEntry("b", 0.25);
    }

    @Test
    void modelsWithoutAnyWeightAreTheUsersMistake() {
        assertThatThrownBy(() -> StudyModels.objective(List.of(model("a", 0), model("b", 0)), 0.05, 0.1, 0.05))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "the weights of the 2 models a, b are all 0, so they sum to 0; allowed: at least"
                                + " one above 0");
    }

    private static FleetModel model(String id, double weight) {
        return new FleetModel(
                id,
                RankingStage.RANKING,
                1e6,
                "cpu",
                "click",
                "feed",
                "full",
                weight,
                "pipeline",
                List.of(OptimizationEvent.binary("click")),
                Set.of(),
                "sparse-nn-medium",
                "sparse-nn-medium@1",
                Double.POSITIVE_INFINITY);
    }
}
