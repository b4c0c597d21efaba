package dev.smt.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** 40 models, 5 or 6 of them representatives. */
class StudyTrainingsTest {
    private static final StudyTrainings STUDY = new StudyTrainings(40, new TrainingCount(5, 6));

    @Test
    void everyTechniqueIsTakenOutOnceForEachRepresentative() {
        assertThat(counts(STUDY.removals(3))).containsExactly(TrainingCount.atMost(6), TrainingCount.atMost(3 * 6));
    }

    @Test
    void theVerdictTrainsBothWaysModelsAndTheirStartsWithEverySeed() {
        assertThat(counts(STUDY.verdict(2)))
                .containsExactly(TrainingCount.atMost(2 * 40), TrainingCount.atMost(2 * 2 * 40));
    }

    @Test
    void techniquesThatDoNothingAreSeedsOfTheRepresentatives() {
        assertThat(counts(STUDY.doingNothing(24))).containsExactly(new TrainingCount(24 * 5, 24 * 6));
    }

    private static List<TrainingCount> counts(List<PlannedTrainings> planned) {
        return planned.stream().map(PlannedTrainings::count).toList();
    }
}
