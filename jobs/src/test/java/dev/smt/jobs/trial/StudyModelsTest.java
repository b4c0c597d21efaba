package dev.smt.jobs.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smt.jobs.config.InvalidInputException;
import java.util.List;
import org.junit.jupiter.api.Test;

class StudyModelsTest {
    @Test
    void weightsAreNormalized() {
        assertThat(StudyModels.objective(
                                List.of(PlantedModels.model("a", 3), PlantedModels.model("b", 1)), 0.05, 0.1, 0.05)
                        .weights())
                .containsEntry("a", 0.75)
                .containsEntry("b", 0.25);
    }

    @Test
    void modelsWithoutAnyWeightAreTheUsersMistake() {
        assertThatThrownBy(() -> StudyModels.objective(
                        List.of(PlantedModels.model("a", 0), PlantedModels.model("b", 0)), 0.05, 0.1, 0.05))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "the weights of the 2 models a, b are all 0, so they sum to 0; allowed: at least"
                                + " one above 0");
    }
}
