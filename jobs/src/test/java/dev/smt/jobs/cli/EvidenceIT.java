package dev.smt.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smt.decision.Looks;
import dev.smt.decision.ProbabilityRule;
import dev.smt.jobs.table.BaselineRow;
import dev.smt.jobs.table.DecisionPowerRow;
import dev.smt.jobs.table.ModelEffectRow;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.jobs.table.TechniqueEvidenceRow;
import dev.smt.jobs.table.TrialModelRow;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A study that decides by probability, and an A/A study, on trained models. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvidenceIT {
    private static final int REPLICATES = 2;
    private static final String[] BY_PROBABILITY = {
        "mmo.regression-rule=probability", "mmo.replicates=" + REPLICATES, "mmo.tau=0.05"
    };

    private Path warehouse;
    private String output;
    private ResultTables tables;

    @BeforeAll
    void study() {
        warehouse = TinyWorld.copyOfFinished("evidence");
        output = mmo();
        tables = ResultTables.of(warehouse);
    }

    private String mmo() {
        return CommandRun.onTinyWorld(
                        List.of("mmo"),
                        TinyWorld.warehouse(warehouse),
                        BY_PROBABILITY[0],
                        BY_PROBABILITY[1],
                        BY_PROBABILITY[2])
                .succeeds()
                .out();
    }

    @Test
    void theVerdictDecidesAndThePapersAnswerStaysBesideIt() {
        List<JsonNode> evidence = tables.where(
                        TechniqueEvidenceRow.TABLE,
                        row -> row.get("regression_rule").asText().equals("probability"))
                .toList();
        assertThat(evidence).hasSize(TinyWorld.TECHNIQUES.size());
        for (JsonNode row : evidence) {
            JsonNode decision = tables.where(TechniqueDecisionRow.TABLE, other -> same(row, other))
                    .findFirst()
                    .orElseThrow();
            String verdict = row.get("verdict").asText();
            double acceptance = row.get("acceptance").asDouble();
            assertThat(decision.get("reason").asText()).isEqualTo(verdict);
            assertThat(decision.get("accepted").asBoolean()).isEqualTo(verdict.equals("ACCEPTED"));
            double enough = Looks.each(REPLICATES, ProbabilityRule.SURE)
                    .certainty(row.get("replicates").asInt());
            assertThat(verdict)
                    .isEqualTo(acceptance >= enough ? "ACCEPTED" : acceptance <= 1 - enough ? "REJECTED" : "OPEN");
            assertThat(decision.get("paper_reason").asText()).isNotBlank();
            assertThat(row.get("to_close").isNull()).isEqualTo(!verdict.equals("OPEN"));
            assertThat(row.get("mu").asDouble())
                    .isBetween(row.get("mu_low").asDouble(), row.get("mu_high").asDouble());
        }
        // So small a world can't tell anything fine apart: at least one technique had to be replicated.
        assertThat(evidence)
                .anySatisfy(row -> assertThat(row.get("replicates").asInt()).isPositive());
        assertThat(output).contains("evidence: ", "fresh replicate");
    }

    @Test
    void replicatesAreTrainedWithSeedsAndBaselinesOfTheirOwn() {
        for (JsonNode row : tables.of(TechniqueEvidenceRow.TABLE)) {
            int replicates = row.get("replicates").asInt();
            List<JsonNode> fresh = tables.where(
                            TrialModelRow.TABLE,
                            other -> same(row, other) && other.get("replicate").asInt() > 0)
                    .toList();
            assertThat(fresh).hasSize(replicates * TinyWorld.REPRESENTATIVES);
            for (JsonNode trained : fresh) {
                assertThat(tables.where(
                                TrialModelRow.TABLE,
                                other -> same(trained, other)
                                        && other.get("trial").equals(trained.get("trial"))
                                        && other.get("model_id").equals(trained.get("model_id"))
                                        && other.get("replicate").asInt() == 0))
                        .singleElement()
                        .satisfies(search -> assertThat(search.get("ne_base")).isNotEqualTo(trained.get("ne_base")));
                assertThat(tables.of(BaselineRow.TABLE))
                        .anySatisfy(base -> assertThat(base.get("ne")).isEqualTo(trained.get("ne_base")));
            }
            assertThat(tables.where(ModelEffectRow.TABLE, other -> same(row, other)))
                    .hasSize(TinyWorld.REPRESENTATIVES)
                    .allSatisfy(effect -> {
                        assertThat(effect.get("replicates").asInt()).isEqualTo(Math.max(1, replicates));
                        assertThat(effect.get("standard_error").asDouble())
                                .isGreaterThan(effect.get("row_error").asDouble());
                        assertThat(effect.get("regression_probability").asDouble())
                                .isBetween(0.0, 1.0);
                    });
        }
    }

    @Test
    void whatIsTrainedIsNotTrainedAgain() {
        CommandRun again = CommandRun.onTinyWorld(
                        List.of("mmo"),
                        TinyWorld.warehouse(warehouse),
                        BY_PROBABILITY[0],
                        BY_PROBABILITY[1],
                        BY_PROBABILITY[2],
                        "mmo.certainty=0.9501")
                .succeeds();
        assertThat(again.out()).doesNotContain("trainings (replicate", "baselines trained");
        assertThat(ResultTables.query(warehouse, "SELECT count(*) AS baselines FROM baselines"))
                .extracting(row -> row.get("baselines").asInt())
                .containsExactly(tables.of(BaselineRow.TABLE).size());
    }

    @Test
    void racingAndTheProbabilityRuleAreRefusedTogether() {
        CommandRun.onTinyWorld(List.of("mmo"), TinyWorld.warehouse(warehouse), BY_PROBABILITY[0], "mmo.racing=lossless")
                .refusesInput("mmo.racing", "what was observed to regress need not regress");
    }

    @Test
    void anAaStudySaysWhatIsAcceptedWhereThereIsNothing() {
        Path own = TinyWorld.copyBeforeMmo("a-a");
        CommandRun run = CommandRun.onTinyWorld(
                        List.of(
                                "study",
                                "--a-a",
                                "--simulated",
                                "6",
                                "--trained",
                                "3",
                                "--seeds",
                                "9",
                                "--effects",
                                "0,60"),
                        TinyWorld.warehouse(own),
                        "mmo.replicates=2",
                        "mmo.tau=0.05",
                        // No model may regress: that is what noise alone can hardly pass.
                        "mmo.epsilon=0")
                .succeeds();
        assertThat(run.out())
                .contains("noise of one model's delta, from 9 seeds of 3 models", "the probability rule finds");
        List<JsonNode> rows = ResultTables.query(own, "SELECT * FROM " + DecisionPowerRow.TABLE.name());
        assertThat(rows).hasSize(4);
        for (JsonNode row : rows) {
            boolean nothing = row.get("effect").asDouble() == 0;
            int decisions = row.get("noise").asText().equals("trained") ? 3 : 6;
            assertThat(row.get("decisions").asInt()).isEqualTo(decisions);
            assertThat(row.get("accepted_by_probability").asInt()).isEqualTo(nothing ? 0 : decisions);
        }
    }

    @Test
    void anAaStudyThatCanNotBeIsRefused() {
        CommandRun.onTinyWorld(List.of("study", "--a-a", "--seeds", "5"), TinyWorld.warehouse(warehouse))
                .refusesInput("--seeds is 5", "1 + mmo.trials + 2 x mmo.replicates");
        CommandRun.onTinyWorld(
                        List.of("study", "--a-a", "--simulated", "0", "--effects", "NaN"),
                        TinyWorld.warehouse(warehouse))
                .refusesInput("--simulated is 0", "--effects is [NaN]");
    }

    private static boolean same(JsonNode one, JsonNode other) {
        return one.get("study_id").equals(other.get("study_id"))
                && one.get("technique").equals(other.get("technique"));
    }
}
