package dev.smt.jobs.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.jobs.table.AdoptionRow;
import dev.smt.jobs.table.FragmentedIterationRow;
import dev.smt.jobs.table.ModelIterationRow;
import dev.smt.jobs.table.PlantedIterations;
import dev.smt.jobs.table.StudyCycleRow;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a cycle came to, from rows whose sums a reader can check. */
class CycleRowsTest {
    private static final OptionalDouble NONE = OptionalDouble.empty();
    private static final CycleRows ROWS = new CycleRows("study", 2, 0.05);

    @Test
    void whatShippedExactlyAsItWasIsNoChangeAndAPairCountsOnce() {
        ModelIterationRow before = iteration("cycle-1", "a", 1, 0.4, ModelIterationRow.SHIPPED);
        List<ModelIterationRow> models = List.of(
                iteration("cycle-2", "a", 1, 0.4, ModelIterationRow.SHIPPED),
                iteration("cycle-2", "b", 0.5, -0.2, ModelIterationRow.SHIPPED),
                iteration("cycle-2", "c", 0, 0, ModelIterationRow.SHIPPED),
                iteration("cycle-2", "d", -2, -2, ModelIterationRow.RESISTED));
        List<ModelIterationRow> every =
                Stream.concat(Stream.of(before), models.stream()).toList();
        List<AdoptionRow> adopted = List.of(
                adopted("cycle-1", 1, "a", "old"),
                adopted("cycle-2", 2, "a", "old"),
                adopted("cycle-2", 2, "a", "new"),
                adopted("cycle-2", 2, "b", "old"),
                adopted("cycle-2", 2, "b", "new"),
                adopted("cycle-2", 2, "c", "new"));
        int pairs = ShippedPairs.of(every, adopted).count()
                - ShippedPairs.of(List.of(before), adopted).count();
        StudyCycleRow row = ROWS.templates("cycle-2", models, pairs, 40, 5);
        assertThat(row.way()).isEqualTo(StudyCycleRow.TEMPLATES);
        assertThat(List.of(row.models(), row.shipped(), row.trainings(), row.pairs(), row.edits(), row.regressed()))
                .isEqualTo(List.of(4, 2, 40, 3, 5, 1));
        assertThat(row.decidedNe()).hasValue(0.75);
        assertThat(row.meanNe().orElseThrow()).isCloseTo(0.1, within(1e-12));
        assertThat(row.maxNe()).hasValue(0.4);
        assertThat(row.meanNeLow().orElseThrow()).isLessThan(0);
    }

    @Test
    void modelsTunedAloneCountTheirOwnTrainingsPairsAndValues() {
        StudyCycleRow row = ROWS.fragmented(
                "run", List.of(alone("a", 10, 2, 7, 0.3), alone("b", 8, 0, 0, -1), alone("c", 3, 0, 0, 0)));
        assertThat(List.of(row.models(), row.shipped(), row.trainings(), row.pairs(), row.edits(), row.regressed()))
                .isEqualTo(List.of(3, 1, 21, 2, 7, 0));
        assertThat(row.meanNe()).hasValue(0.3);
        assertThat(row.meanNeLow()).isEmpty();
    }

    @Test
    void withoutAChangeThereIsNoMean() {
        StudyCycleRow row = ROWS.fragmented("run", List.of(alone("a", 10, 0, 0, 1)));
        assertThat(row.meanNe()).isEmpty();
        assertThat(row.decidedNe()).isEmpty();
        assertThat(row.shipped()).isZero();
    }

    private static ModelIterationRow iteration(
            String runId, String model, double decided, double unseen, String outcome) {
        return PlantedIterations.row(runId, 2, model, OptionalDouble.of(decided), OptionalDouble.of(unseen), outcome);
    }

    private static AdoptionRow adopted(String run, int cycle, String model, String technique) {
        return new AdoptionRow(run, cycle, model, technique, "sparse-nn-medium", 3);
    }

    private static FragmentedIterationRow alone(String model, int trainings, int added, int edits, double unseen) {
        List<String> names =
                IntStream.range(0, added).mapToObj(i -> "technique-" + i).toList();
        return new FragmentedIterationRow(
                "run",
                "study",
                2,
                model,
                10,
                trainings,
                names,
                names.stream().map(name -> "{}").toList(),
                added,
                edits,
                OptionalDouble.of(0.5),
                NONE,
                OptionalDouble.of(unseen),
                NONE,
                NONE,
                NONE,
                added > 0 ? ModelIterationRow.SHIPPED : ModelIterationRow.KEPT_BASELINE,
                "planted");
    }
}
