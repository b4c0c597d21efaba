package dev.smt.jobs.mmo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.jobs.table.TrialModelRow;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ThetaStarDeltasTest {
    private static final OptionalDouble NONE = OptionalDouble.empty();

    @Test
    void freshReplicatesCountInsteadOfTheSearchsOwnDeltaAndFailuresNeverDo() {
        assertThat(ThetaStarDeltas.byModel(List.of(
                        row("searched", 0, OptionalDouble.of(0.5)),
                        row("fresh", 0, OptionalDouble.of(0.9)),
                        row("fresh", 1, OptionalDouble.of(0.125)),
                        row("fresh", 2, OptionalDouble.of(0.375)),
                        row("fresh", 3, NONE),
                        row("failed", 0, NONE))))
                .containsOnlyKeys("searched", "fresh")
                .containsEntry("searched", 0.5)
                .containsEntry("fresh", 0.25);
    }

    private static TrialModelRow row(String model, int replicate, OptionalDouble delta) {
        return new TrialModelRow(
                "run",
                "study",
                "technique",
                3,
                model,
                replicate,
                delta.isPresent() ? "DONE" : "FAILED",
                Optional.empty(),
                NONE,
                NONE,
                delta,
                NONE,
                NONE,
                NONE,
                1,
                1,
                0,
                0,
                "cpu",
                "host");
    }
}
