package dev.smt.jobs.mmo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.bayes.EarlierTrial;
import dev.smt.jobs.TestSpark;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.jobs.table.TrialModelRow;
import dev.smt.jobs.table.TrialRow;
import dev.smt.jobs.table.Warehouse;
import dev.smt.jobs.trial.CostRatios;
import dev.smt.jobs.trial.PairedResult;
import dev.smt.metric.ModelDelta;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialLedgerTest {
    private static final SearchSpace SPACE = SearchSpace.of(new Parameter.Real("t.a", 0, 9, false));

    @TempDir
    private Path folder;

    @Test
    void readsBackEveryTrialWithItsSkippedModelsAsNotEvaluated() {
        Warehouse warehouse =
                Warehouse.open(TestSpark.session(), folder.resolve("warehouse").toString());
        TrialLedger ledger = new TrialLedger(warehouse, "study");
        ModelDelta gain = new ModelDelta("m1", false, 0.25, 0.5);
        ModelDelta loss = new ModelDelta("m3", false, -0.75, 0.5);
        ModelDelta failure = ModelDelta.failure("m2");
        LedgerRows.commit(
                warehouse,
                "study",
                List.of(row(0, 2, 1, 0, 1.5), row(1, 1, 0, 2, 1.25)),
                List.of(
                        done(0, loss),
                        done(0, failure),
                        done(0, gain),
                        skipped(1, "m2"),
                        done(1, loss),
                        skipped(1, "m1")));
        assertThat(ledger.completed("t", SPACE))
                .containsExactly(
                        new CompletedTrial(0, theta(0), List.of(gain, failure, loss), 1.5),
                        new CompletedTrial(1, theta(1), List.of(loss), List.of("m1", "m2"), 1.25));
        assertThat(ledger.completed("other", SPACE)).isEmpty();
    }

    @Test
    void theTrialsOfOtherStudiesCountOnceTheyHaveDecidedAndOnlyWhereTheSpaceIsTheSame() {
        Warehouse warehouse =
                Warehouse.open(TestSpark.session(), folder.resolve("warehouse").toString());
        ModelDelta gain = new ModelDelta("m1", false, 0.25, 0.5);
        LedgerRows.commit(warehouse, "study", List.of(row(0, 1, 0, 0, 1)), List.of(done(0, gain)));
        TrialLedger now = new TrialLedger(warehouse, "now");
        assertThat(now.earlier("t", SPACE)).as("not decided yet").isEmpty();

        warehouse.upsert(TechniqueDecisionRow.TABLE, List.of(TechniqueDecider.noFittingModel("run", "study", "t")));
        assertThat(now.earlier("t", SPACE)).containsExactly(new EarlierTrial("study", theta(0), List.of(gain)));
        assertThat(now.earlier("other", SPACE)).isEmpty();
        assertThat(new TrialLedger(warehouse, "study").earlier("t", SPACE))
                .as("its own")
                .isEmpty();
        SearchSpace another = SearchSpace.of(new Parameter.Real("t.b", 0, 9, false));
        assertThat(now.earlier("t", another)).isEmpty();
    }

    private static ParameterValues theta(int trial) {
        return ParameterValues.empty().with("t.a", (double) trial);
    }

    private static TrialRow row(int trial, int done, int failed, int skipped, double flopsRatio) {
        return new TrialRow(
                "run",
                "study",
                "t",
                trial,
                "{\"t.a\":" + trial + ".0}",
                1,
                OptionalDouble.empty(),
                0.5,
                OptionalDouble.empty(),
                false,
                done,
                failed,
                skipped,
                "sobol",
                0,
                flopsRatio,
                OptionalDouble.of(1),
                OptionalDouble.of(1),
                OptionalDouble.empty());
    }

    private static TrialModelRow done(int trial, ModelDelta delta) {
        OptionalDouble none = OptionalDouble.empty();
        Optional<String> reason = delta.failed() ? Optional.of("diverged") : Optional.empty();
        return TrialModelRows.of(
                "run",
                "study",
                "t",
                trial,
                new PairedResult(
                        delta,
                        reason,
                        none,
                        0.9,
                        none,
                        none,
                        1,
                        1,
                        2,
                        100,
                        "cpu",
                        "host",
                        List.of(),
                        Optional.empty()));
    }

    private static TrialModelRow skipped(int trial, String model) {
        return TrialModelRows.skipped("run", "study", "t", trial, model, "decided", new CostRatios(1.5, 2));
    }
}
