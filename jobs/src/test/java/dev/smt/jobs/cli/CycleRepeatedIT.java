package dev.smt.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.jobs.table.TrialModelRow;
import dev.smt.jobs.table.TrialRow;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A cycle that is done is not done again, and a larger budget goes on with what is there. */
class CycleRepeatedIT {
    @Test
    void theOutputIsPlainLinesWhereThereIsNoTerminal() {
        assertThat(TinyWorld.finishedOutput())
                .doesNotContain("\r", "\u001b")
                .contains(
                        "ingest: already done",
                        "  24/24 trainings of 2 techniques, ",
                        "tables written: baselines, trials, trial_models, technique_decisions",
                        "cycle done in ",
                        ": 6 steps run, 3 already done; tables in ");
    }

    @Test
    void aCycleThatIsDoneDoesNothing() {
        Path warehouse = TinyWorld.copyOfFinished("done-again");
        ResultTables before = ResultTables.finished();
        CommandRun again = CommandRun.onTinyWorld(List.of("cycle"), TinyWorld.warehouse(warehouse))
                .succeeds();
        assertThat(again.out().lines())
                .hasSize(10)
                .last()
                .asString()
                .startsWith("the cycle is complete: nothing was left to do");
        assertThat(again.out().lines().limit(9)).allMatch(line -> line.contains(": already done (run "));
        ResultTables after = ResultTables.of(warehouse);
        before.rows()
                .forEach((name, rows) ->
                        assertThat(after.rows().get(name)).as(name).containsExactlyInAnyOrderElementsOf(rows));
    }

    @Test
    void moreTrialsGoOnWithTheOldOnes() {
        Path warehouse = TinyWorld.copyOfFinished("more-trials");
        ResultTables before = ResultTables.finished();
        CommandRun.onTinyWorld(List.of("mmo"), TinyWorld.warehouse(warehouse), "mmo.trials=6")
                .succeeds();
        ResultTables after = ResultTables.of(warehouse);
        assertThat(after.of(TrialRow.TABLE))
                .hasSize(6 * TinyWorld.TECHNIQUES.size())
                .containsAll(before.of(TrialRow.TABLE));
        assertThat(after.of(TrialModelRow.TABLE))
                .hasSize(before.of(TrialModelRow.TABLE).size()
                        + 2 * TinyWorld.TECHNIQUES.size() * TinyWorld.REPRESENTATIVES)
                .containsAll(before.of(TrialModelRow.TABLE));
        assertThat(after.of(TechniqueDecisionRow.TABLE)).hasSize(TinyWorld.TECHNIQUES.size());
        for (JsonNode decision : after.of(TechniqueDecisionRow.TABLE)) {
            assertThat(after.where(TrialRow.TABLE, row -> row.get("technique").equals(decision.get("technique"))))
                    .extracting(row -> row.get("theta").asText())
                    .doesNotHaveDuplicates()
                    .contains(decision.get("theta_star").asText());
        }
    }
}
