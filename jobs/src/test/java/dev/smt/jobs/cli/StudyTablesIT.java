package dev.smt.jobs.cli;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smt.jobs.table.BaselineRow;
import dev.smt.jobs.table.FleetModelRow;
import dev.smt.jobs.table.ParameterSensitivityRow;
import dev.smt.jobs.table.RepresentativeRow;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.jobs.table.TrialModelRow;
import dev.smt.jobs.table.TrialRow;
import dev.smt.technique.Techniques;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The tables of a study agree with each other and with the paper's equations. */
class StudyTablesIT {
    private static final double EXACT = 1e-9;

    private static ResultTables tables;
    private static Map<String, Double> weights;
    private static Set<String> representatives;

    @BeforeAll
    static void readFinishedCycle() {
        tables = ResultTables.finished();
        weights = tables.of(FleetModelRow.TABLE).stream()
                .collect(Collectors.toMap(
                        StudyTablesIT::model, row -> row.get("weight").asDouble()));
        representatives = tables.where(RepresentativeRow.TABLE, row -> row.get("is_representative")
                        .asBoolean())
                .map(StudyTablesIT::model)
                .collect(Collectors.toSet());
    }

    @Test
    void everyTechniqueHasItsTrialsAndEveryTrialItsRepresentatives() {
        Map<String, List<JsonNode>> byTechnique =
                tables.of(TrialRow.TABLE).stream().collect(groupingBy(StudyTablesIT::technique));
        assertThat(byTechnique.keySet()).containsExactlyInAnyOrderElementsOf(TinyWorld.TECHNIQUES);
        byTechnique.values().forEach(trials -> assertThat(trials)
                .extracting(row -> row.get("trial").asInt())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, TinyWorld.TRIALS).boxed().toList()));
        byTechnique.values().forEach(trials -> assertThat(trials)
                .extracting(row -> row.get("theta").asText())
                .doesNotHaveDuplicates());
        assertThat(representatives).hasSize(TinyWorld.REPRESENTATIVES);
        for (JsonNode trial : tables.of(TrialRow.TABLE)) {
            assertThat(modelsOf(trial))
                    .extracting(StudyTablesIT::model)
                    .containsExactlyInAnyOrderElementsOf(representatives);
            assertThat(trial.get("models_done").asInt()).isEqualTo(TinyWorld.REPRESENTATIVES);
            assertThat(trial.get("models_failed").asInt()).isZero();
        }
    }

    @Test
    void deltasFollowEquationOneAgainstTheBaselinesTable() {
        Map<String, List<Double>> baselines = tables.of(BaselineRow.TABLE).stream()
                .collect(groupingBy(
                        StudyTablesIT::model,
                        Collectors.mapping(row -> row.get("ne").asDouble(), Collectors.toList())));
        for (JsonNode row : tables.of(TrialModelRow.TABLE)) {
            double ne = row.get("ne").asDouble();
            double base = row.get("ne_base").asDouble();
            assertThat(row.get("status").asText()).isEqualTo("DONE");
            assertThat(row.get("ne_delta").asDouble()).isCloseTo(100 * (base - ne) / base, within(EXACT));
            assertThat(row.get("ne_delta_se").asDouble()).isPositive();
            assertThat(ne).isBetween(0.3, 10.0);
            assertThat(baselines.get(model(row))).contains(base);
            assertThat(row.get("flops_ratio").asDouble()).isEqualTo(1.0);
            assertThat(row.get("examples").asLong()).isPositive();
        }
    }

    @Test
    void regressionRateMeanAndAggregateFollowEquationsTwoToFour() {
        for (JsonNode trial : tables.of(TrialRow.TABLE)) {
            List<JsonNode> models = modelsOf(trial);
            double rate = regressionRate(models);
            assertThat(trial.get("regression_rate").asDouble()).isCloseTo(rate, within(EXACT));
            assertThat(trial.get("mu").asDouble()).isCloseTo(mean(models), within(EXACT));
            assertThat(trial.get("feasible").asBoolean()).isEqualTo(rate <= TinyWorld.EPSILON);
            if (trial.get("feasible").asBoolean()) {
                assertThat(trial.get("aggregate").asDouble())
                        .isEqualTo(trial.get("mu").asDouble());
            } else {
                assertThat(trial.get("aggregate").isNull()).isTrue();
            }
        }
    }

    @Test
    void decisionsFollowFromTheTrials() {
        assertThat(tables.by(TechniqueDecisionRow.TABLE, "technique").keySet())
                .containsExactlyInAnyOrderElementsOf(TinyWorld.TECHNIQUES);
        for (JsonNode decision : tables.of(TechniqueDecisionRow.TABLE)) {
            List<JsonNode> trials = tables.where(
                            TrialRow.TABLE, row -> technique(row).equals(technique(decision)))
                    .sorted(Comparator.comparingInt(row -> row.get("trial").asInt()))
                    .toList();
            JsonNode best = trials.stream()
                    .filter(row -> row.get("feasible").asBoolean())
                    .max(Comparator.comparingDouble(row -> row.get("aggregate").asDouble()))
                    .orElseGet(() -> trials.stream()
                            .min(Comparator.comparingDouble((JsonNode row) ->
                                            row.get("regression_rate").asDouble())
                                    .thenComparingDouble(row -> -row.get("mu").asDouble()))
                            .orElseThrow());
            boolean feasible = best.get("feasible").asBoolean();
            boolean enough = feasible && best.get("aggregate").asDouble() >= TinyWorld.TAU;
            assertThat(decision.get("paper_reason").asText())
                    .isEqualTo(enough ? "ACCEPTED" : feasible ? "BELOW_TAU" : "NO_FEASIBLE_TRIAL");
            assertThat(decision.get("paper_theta").asText())
                    .isEqualTo(best.get("theta").asText());
            assertThat(decision.get("theta_rule").asText()).isEqualTo("posterior");
            assertThat(decision.get("reason")).isEqualTo(decision.get("posterior_reason"));
            assertThat(decision.get("theta_star")).isEqualTo(decision.get("posterior_theta"));
            assertThat(decision.get("accepted").asBoolean())
                    .isEqualTo(decision.get("reason").asText().equals("ACCEPTED"));
            if (decision.get("accepted").asBoolean()) {
                assertThat(decision.get("posterior_feasibility").asDouble()).isBetween(0.9, 1.0);
                assertThat(decision.get("posterior_mu").asDouble()).isGreaterThanOrEqualTo(TinyWorld.TAU);
            }
            assertThat(decision.get("posterior_mu_sd").asDouble()).isPositive();
            best = trials.stream()
                    .filter(row -> row.get("theta").equals(decision.get("theta_star")))
                    .findFirst()
                    .orElseThrow();
            assertThat(decision.get("mu_star").asDouble())
                    .isCloseTo(best.get("mu").asDouble(), within(EXACT));
            assertThat(decision.get("regression_rate").asDouble())
                    .isEqualTo(best.get("regression_rate").asDouble())
                    .isBetween(
                            decision.get("regression_rate_low").asDouble(),
                            decision.get("regression_rate_high").asDouble());
        }
    }

    @Test
    void acceptedTechniquesAreValidatedOnEveryHoldoutModelAndNoOther() {
        Set<String> holdout = tables.where(
                        RepresentativeRow.TABLE, row -> row.get("is_holdout").asBoolean())
                .map(StudyTablesIT::model)
                .collect(Collectors.toSet());
        assertThat(holdout).isNotEmpty().doesNotContainAnyElementsOf(representatives);
        assertThat(tables.where(
                        TechniqueDecisionRow.TABLE, row -> row.get("accepted").asBoolean()))
                .as("a technique that is accepted; without one this test says nothing")
                .isNotEmpty();
        for (JsonNode decision : tables.of(TechniqueDecisionRow.TABLE)) {
            List<JsonNode> models = tables.where(
                            TrialModelRow.TABLE,
                            row -> technique(row).equals(technique(decision))
                                    && row.get("trial").asInt() == TrialModelRow.HOLDOUT_TRIAL)
                    .toList();
            if (decision.get("accepted").asBoolean()) {
                assertThat(models).extracting(StudyTablesIT::model).containsExactlyInAnyOrderElementsOf(holdout);
                assertThat(decision.get("holdout_mu").asDouble()).isCloseTo(mean(models), within(EXACT));
                assertThat(decision.get("holdout_regression_rate").asDouble())
                        .isCloseTo(regressionRate(models), within(EXACT));
            } else {
                assertThat(models).isEmpty();
                assertThat(decision.get("holdout_mu").isNull()).isTrue();
            }
        }
    }

    @Test
    void everyParameterOfATriedTechniqueHasItsSensitivity() {
        Map<String, List<JsonNode>> byTechnique =
                tables.of(ParameterSensitivityRow.TABLE).stream().collect(groupingBy(StudyTablesIT::technique));
        assertThat(byTechnique.keySet()).containsExactlyInAnyOrderElementsOf(TinyWorld.TECHNIQUES);
        byTechnique.forEach((technique, rows) -> {
            assertThat(rows)
                    .extracting(row -> row.get("parameter").asText())
                    .containsExactlyInAnyOrderElementsOf(Techniques.named(technique).searchSpace().parameters().stream()
                            .map(parameter -> parameter.name())
                            .toList());
            assertThat(rows)
                    .extracting(row -> row.get("decision").asText())
                    .containsAnyOf("STANDARDIZE", "EXPOSE")
                    .isSubsetOf("STANDARDIZE", "EXPOSE");
        });
    }

    private static List<JsonNode> modelsOf(JsonNode trial) {
        return tables.where(
                        TrialModelRow.TABLE,
                        row -> technique(row).equals(technique(trial))
                                && row.get("study_id").equals(trial.get("study_id"))
                                && row.get("trial").asInt()
                                        == trial.get("trial").asInt())
                .toList();
    }

    private static double regressionRate(List<JsonNode> models) {
        return (double) models.stream()
                        .filter(row -> row.get("ne_delta").asDouble() < -TinyWorld.ALPHA)
                        .count()
                / models.size();
    }

    private static double mean(List<JsonNode> models) {
        double sum = models.stream().mapToDouble(row -> weights.get(model(row))).sum();
        return models.stream()
                        .mapToDouble(row ->
                                weights.get(model(row)) * row.get("ne_delta").asDouble())
                        .sum()
                / sum;
    }

    private static String model(JsonNode row) {
        return row.get("model_id").asText();
    }

    private static String technique(JsonNode row) {
        return row.get("technique").asText();
    }
}
