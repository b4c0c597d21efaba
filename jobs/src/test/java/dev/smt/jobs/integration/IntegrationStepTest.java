package dev.smt.jobs.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.smt.jobs.TestSpark;
import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.jobs.holdout.HoldoutStep;
import dev.smt.jobs.run.Progress;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.RunJson;
import dev.smt.jobs.run.StepResult;
import dev.smt.jobs.table.BackTestVerdictRow;
import dev.smt.jobs.table.RunRow;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.jobs.table.TemplateVersionRow;
import dev.smt.jobs.table.Warehouse;
import dev.smt.jobs.trial.PlantedDecisions;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Integration after a study that never ran: its decisions and verdicts are planted in the tables. */
class IntegrationStepTest {
    private static final String NAME = "sparse-nn-medium";
    private static final String SMOOTHING = "label-smoothing";
    private static final String RATES = "learning-rates";
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

    @TempDir
    private Path folder;

    @Test
    void byDefaultATechniqueThatTheHoldoutModelsDoNotConfirmDoesNotShip() {
        assertThat(configuration(Map.of()).requireHoldout()).isTrue();
        Warehouse warehouse = studied(
                confirmed(SMOOTHING, 0.3),
                PlantedDecisions.accepted(RATES, 0.5, Map.of())
                        .withHoldout(OptionalDouble.of(-0.1), OptionalDouble.of(0.5), HoldoutStep.REGRESSES));
        StepResult result = integrate(warehouse, "integrate-1", configuration(Map.of()));
        assertThat(techniques(warehouse, result)).containsExactly(SMOOTHING);
        assertThat(result.summary()).contains("learning-rates is left out: on the holdout models it is REGRESSES");

        StepResult all = integrate(warehouse, "integrate-2", configuration(Map.of("integrate.require-holdout", false)));
        assertThat(techniques(warehouse, all)).containsExactlyInAnyOrder(RATES, SMOOTHING);
    }

    @Test
    void whatABackTestLeftOutIsNotPutBackUntilItsThetaIsAnotherOrALaterBackTestKeepsIt() {
        Warehouse warehouse = studied(confirmed(SMOOTHING, 0.3), confirmed(RATES, 0.5));
        IntegrationConfiguration configuration = configuration(Map.of());
        StepResult first = integrate(warehouse, "integrate-1", configuration);
        assertThat(techniques(warehouse, first)).containsExactlyInAnyOrder(RATES, SMOOTHING);
        int tested = Integer.parseInt(first.outputs().get(NAME));

        warehouse.upsert(
                BackTestVerdictRow.TABLE,
                List.of(
                        verdict("backtest-1", "study", tested, Optional.empty(), OptionalInt.empty()),
                        verdict("backtest-1", "study", tested, Optional.of(RATES), OptionalInt.of(tested + 1)),
                        verdict("backtest-cut", "study", tested, Optional.of(SMOOTHING), OptionalInt.of(9)),
                        verdict("backtest-1", "other-study", tested, Optional.of(SMOOTHING), OptionalInt.of(9))));
        warehouse.upsert(RunRow.TABLE, List.of(run("backtest-1", "backtest", Map.of(), 1), running("backtest-cut", 2)));
        StepResult again = integrate(warehouse, "integrate-2", configuration);
        assertThat(techniques(warehouse, again)).containsExactly(SMOOTHING);
        assertThat(again.summary())
                .contains(NAME + ": learning-rates is left out: the back-test of version " + tested
                        + " (run backtest-1) passed only without learning-rates");

        // A back-test of the version without it says nothing of it.
        int without = Integer.parseInt(again.outputs().get(NAME));
        warehouse.upsert(
                BackTestVerdictRow.TABLE,
                List.of(verdict("backtest-2", "study", without, Optional.empty(), OptionalInt.of(without))));
        warehouse.upsert(RunRow.TABLE, List.of(run("backtest-2", "backtest", Map.of(), 3)));
        assertThat(techniques(warehouse, integrate(warehouse, "integrate-3", configuration)))
                .containsExactly(SMOOTHING);

        warehouse.upsert(
                BackTestVerdictRow.TABLE,
                List.of(verdict("backtest-3", "study", tested, Optional.empty(), OptionalInt.of(tested))));
        warehouse.upsert(RunRow.TABLE, List.of(run("backtest-3", "backtest", Map.of(), 4)));
        assertThat(techniques(warehouse, integrate(warehouse, "integrate-4", configuration)))
                .containsExactlyInAnyOrder(RATES, SMOOTHING);

        warehouse.upsert(RunRow.TABLE, List.of(run("backtest-1", "backtest", Map.of(), 5)));
        warehouse.upsert(
                TechniqueDecisionRow.TABLE,
                List.of(PlantedDecisions.accepted(RATES, 0.5, Map.of("learning-rates.decay", 0.5))
                        .withHoldout(OptionalDouble.of(0.3), OptionalDouble.of(0), HoldoutStep.CONFIRMED)));
        assertThat(techniques(warehouse, integrate(warehouse, "integrate-5", configuration)))
                .containsExactlyInAnyOrder(RATES, SMOOTHING);
    }

    private Warehouse studied(TechniqueDecisionRow... decisions) {
        Warehouse warehouse = Warehouse.open(TestSpark.session(), folder.toString());
        warehouse.append(TechniqueDecisionRow.TABLE, List.of(decisions));
        warehouse.append(
                RunRow.TABLE,
                List.of(
                        run("importance-1", "importance", Map.of(NAME, "1"), 0),
                        run("mmo-1", "mmo", Map.of("study", "study"), 0)));
        return warehouse;
    }

    private static StepResult integrate(Warehouse warehouse, String runId, IntegrationConfiguration configuration) {
        Progress silent = new Progress(new PrintWriter(Writer.nullWriter()), false, CLOCK);
        SmtConfiguration empty = new SmtConfiguration("test", ConfigFactory.empty());
        return new IntegrationStep(configuration).run(new RunContext(warehouse, empty, silent, CLOCK), runId);
    }

    private static Set<String> techniques(Warehouse warehouse, StepResult result) {
        TemplateVersionRow row = new PublishedTemplates(warehouse, CLOCK)
                .version(NAME, Integer.parseInt(result.outputs().get(NAME)));
        return RunJson.texts(row.techniques()).keySet();
    }

    private static IntegrationConfiguration configuration(Map<String, Object> settings) {
        return new SmtConfiguration("test", ConfigFactory.parseMap(settings))
                .read(root -> IntegrationConfiguration.read(root.section("integrate")));
    }

    private static TechniqueDecisionRow confirmed(String technique, double mu) {
        return PlantedDecisions.accepted(technique, mu, Map.of())
                .withHoldout(OptionalDouble.of(mu), OptionalDouble.of(0), HoldoutStep.CONFIRMED);
    }

    private static BackTestVerdictRow verdict(
            String runId, String studyId, int version, Optional<String> leftOut, OptionalInt shipped) {
        return new BackTestVerdictRow(
                runId,
                studyId,
                NAME,
                version,
                leftOut,
                "",
                4,
                OptionalDouble.of(0.1),
                OptionalDouble.empty(),
                0.8,
                0.64,
                0,
                shipped.isPresent(),
                "planted",
                shipped);
    }

    private static RunRow running(String runId, int hours) {
        return row(runId, "backtest", Map.of(), hours, RunRow.RUNNING);
    }

    private static RunRow run(String runId, String command, Map<String, String> outputs, int hours) {
        return row(runId, command, outputs, hours, RunRow.DONE);
    }

    private static RunRow row(String runId, String command, Map<String, String> outputs, int hours, String status) {
        Instant at = NOON.plusSeconds(3600L * hours);
        return new RunRow(
                runId, command, runId, "{}", "1", "{}", RunJson.write(outputs), at, at, status, Optional.empty());
    }
}
