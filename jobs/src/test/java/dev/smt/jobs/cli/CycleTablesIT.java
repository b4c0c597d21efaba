package dev.smt.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smt.importance.FirstOrderAblation;
import dev.smt.importance.GroupedPermutation;
import dev.smt.importance.IntegratedGradients;
import dev.smt.importance.LearnedGates;
import dev.smt.jobs.table.AdoptionRow;
import dev.smt.jobs.table.BackTestRow;
import dev.smt.jobs.table.BackTestVerdictRow;
import dev.smt.jobs.table.BaselineRow;
import dev.smt.jobs.table.ClusterElbowRow;
import dev.smt.jobs.table.FeatureImportanceRow;
import dev.smt.jobs.table.FeatureSelectionRow;
import dev.smt.jobs.table.FleetModelRow;
import dev.smt.jobs.table.ImportanceAgreementRow;
import dev.smt.jobs.table.ImportanceMethodRow;
import dev.smt.jobs.table.ModelIterationRow;
import dev.smt.jobs.table.RepresentativeRow;
import dev.smt.jobs.table.RunRow;
import dev.smt.jobs.table.Table;
import dev.smt.jobs.table.Tables;
import dev.smt.jobs.table.TemplateVersionRow;
import dev.smt.jobs.table.TopKCurveRow;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The tables around the study: every step of the cycle left plausible rows that agree with each other. */
class CycleTablesIT {
    private static final List<String> STEPS = List.of(
            "ingest",
            "representatives",
            "importance",
            "mmo",
            "holdout",
            "sensitivity",
            "integrate",
            "backtest",
            "iterate");

    private static ResultTables tables;

    @BeforeAll
    static void readFinishedCycle() {
        tables = ResultTables.finished();
    }

    /** A cycle exports no model, scores no rows, evaluates no experiment and makes no A/A study; this one has no data contract. */
    private static final Set<String> WRITTEN_BY_OTHER_COMMANDS = Set.of(
            "rows_shares",
            "data_checks",
            "quarantine",
            "exported_models",
            "predictions",
            "experiments",
            "decision_power",
            "study_models",
            "fragmented_iterations",
            "study_cycles",
            "study_results",
            "study_findings",
            "study_contrasts",
            "technique_removals",
            "effort",
            "benchmark_scores");

    @Test
    void everyTableHasRowsAndNoneHoldsNaN() {
        assertThat(tables.rows().keySet())
                .containsExactlyInAnyOrderElementsOf(Tables.all().stream()
                        .map(Table::name)
                        .filter(name -> !WRITTEN_BY_OTHER_COMMANDS.contains(name))
                        .toList());
        tables.rows().forEach((name, rows) -> assertThat(rows)
                .as(name)
                .allSatisfy(
                        row -> row.forEach(cell -> assertThat(cell.toString()).doesNotContain("NaN", "Infinity"))));
    }

    @Test
    void keysAreUnique() {
        for (Table<?> table : Tables.all()) {
            assertThat(tables.of(table))
                    .extracting(row -> table.key().stream()
                            .map(column -> row.get(column).asText())
                            .collect(Collectors.joining("|")))
                    .as(table.name())
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void everyStepRanOnceAndEveryRowNamesItsRun() {
        assertThat(tables.of(RunRow.TABLE))
                .extracting(row -> row.get("command").asText())
                .containsExactlyInAnyOrderElementsOf(STEPS);
        assertThat(tables.of(RunRow.TABLE)).allSatisfy(row -> {
            assertThat(row.get("status").asText()).isEqualTo("DONE");
            assertThat(row.get("error").isNull()).isTrue();
            assertThat(row.get("finished_at").asText())
                    .isGreaterThan(row.get("started_at").asText());
        });
        Set<String> runs = new TreeSet<>(tables.by(RunRow.TABLE, "run_id").keySet());
        runs.add("built-in");
        tables.rows().forEach((name, rows) -> assertThat(rows)
                .as(name)
                .allSatisfy(row -> assertThat(row.get("run_id").asText()).isIn(runs)));
    }

    @Test
    void everyClusterHasOneRepresentativeAndItIsTheNearestToTheCentroid() {
        List<JsonNode> models = tables.of(RepresentativeRow.TABLE);
        assertThat(models).hasSize(TinyWorld.MODELS);
        Map<Integer, List<JsonNode>> clusters = models.stream()
                .collect(Collectors.groupingBy(row -> row.get("cluster").asInt()));
        assertThat(clusters).hasSize(TinyWorld.REPRESENTATIVES);
        clusters.values().forEach(members -> {
            List<JsonNode> chosen = members.stream()
                    .filter(row -> row.get("is_representative").asBoolean())
                    .toList();
            assertThat(chosen).hasSize(1);
            assertThat(members).allSatisfy(row -> assertThat(row.get("distance").asDouble())
                    .isGreaterThanOrEqualTo(chosen.get(0).get("distance").asDouble() - 1e-9));
        });
        assertThat(tables.where(
                        ClusterElbowRow.TABLE, row -> row.get("is_elbow").asBoolean()))
                .singleElement()
                .satisfies(row -> assertThat(row.get("k").asInt()).isEqualTo(TinyWorld.REPRESENTATIVES));
    }

    @Test
    void theSelectionIsTheTopOfTheFleetsImportance() {
        List<String> chosen = tables.where(
                        FeatureSelectionRow.TABLE,
                        row -> row.get("feature_type").asText().equals("NUMERIC"))
                .map(row -> row.get("feature").asText())
                .toList();
        Map<String, Double> importance = tables.where(
                        FeatureImportanceRow.TABLE,
                        row -> row.get("model_id").asText().equals(FeatureImportanceRow.FLEET)
                                && row.get("feature_type").asText().equals("NUMERIC"))
                .collect(Collectors.toMap(row -> row.get("feature").asText(), row -> row.get("importance")
                        .asDouble()));
        assertThat(importance).hasSize(3);
        assertThat(chosen).hasSize(2);
        double least = chosen.stream().mapToDouble(importance::get).min().orElseThrow();
        importance.forEach((feature, value) -> {
            if (!chosen.contains(feature)) {
                assertThat(value).isLessThanOrEqualTo(least);
            }
        });
    }

    @Test
    void otherMethodsOfImportanceAreComparedWithTheRanking() {
        for (String method : List.of(
                GroupedPermutation.NAME, IntegratedGradients.NAME, FirstOrderAblation.NAME, LearnedGates.NAME)) {
            assertThat(tables.where(
                            ImportanceMethodRow.TABLE,
                            row -> row.get("method").asText().equals(method)
                                    && row.get("model_id").asText().equals(FeatureImportanceRow.FLEET)))
                    .as(method)
                    .extracting(row -> row.get("feature").asText())
                    .hasSize(13);
        }
        Map<String, Long> leftOut = tables.where(
                        ImportanceMethodRow.TABLE,
                        row -> row.get("method").asText().equals("leave-one-out")
                                && !row.get("model_id").asText().equals(FeatureImportanceRow.FLEET))
                .collect(Collectors.groupingBy(row -> row.get("model_id").asText(), Collectors.counting()));
        assertThat(leftOut).hasSize(TinyWorld.REPRESENTATIVES).allSatisfy((model, features) -> assertThat(features)
                .isEqualTo(2));
        assertThat(tables.of(ImportanceAgreementRow.TABLE))
                .hasSize(3 + 5)
                .allSatisfy(row -> assertThat(row.get("tau").asDouble()).isBetween(-1.0, 1.0));
    }

    @Test
    void theKneeOfTheCurveIsTheKOfItsType() {
        List<JsonNode> chosen = tables.where(
                        TopKCurveRow.TABLE, row -> row.get("chosen").asBoolean())
                .toList();
        assertThat(chosen)
                .singleElement()
                .satisfies(row -> assertThat(row.get("feature_type").asText()).isEqualTo("ID"));
        assertThat(tables.where(
                        FeatureSelectionRow.TABLE,
                        row -> row.get("feature_type").asText().equals("ID")))
                .hasSize(chosen.get(0).get("k").asInt());
        List<JsonNode> curve = tables.of(TopKCurveRow.TABLE);
        assertThat(curve).extracting(row -> row.get("k").asInt()).containsExactlyInAnyOrder(1, 2, 4, 8);
        assertThat(curve)
                .allSatisfy(row -> assertThat(row.get("bytes_ratio").asDouble()).isBetween(0.1, 1.0));
    }

    @Test
    void baselinesAreBetterThanNothing() {
        assertThat(tables.of(BaselineRow.TABLE))
                .hasSizeGreaterThanOrEqualTo(TinyWorld.MODELS)
                .allSatisfy(row -> {
                    assertThat(row.get("status").asText()).isEqualTo("DONE");
                    assertThat(row.get("ne").asDouble()).isBetween(0.3, 1.5);
                    assertThat(row.get("auc").asDouble()).isBetween(0.3, 1.0);
                    assertThat(row.get("flops").asDouble()).isPositive();
                    assertThat(row.get("parameter_bytes").asDouble()).isPositive();
                });
    }

    @Test
    void versionsOfATemplateFollowEachOther() {
        Map<String, List<JsonNode>> byTemplate = tables.of(TemplateVersionRow.TABLE).stream()
                .collect(Collectors.groupingBy(row -> row.get("template").asText(), TreeMap::new, Collectors.toList()));
        byTemplate.forEach((template, versions) -> {
            for (JsonNode version : versions) {
                int number = version.get("version").asInt();
                assertThat(number).isBetween(1, versions.size());
                assertThat(version.get("parent_version").asInt(0)).isEqualTo(number - 1);
                assertThat(version.get("spec_hash").asText()).matches("[0-9a-f]{64}");
            }
        });
        assertThat(tables.of(TemplateVersionRow.TABLE))
                .extracting(row -> row.get("cause").asText())
                .contains("built-in", "feature-selection", "integration");
    }

    @Test
    void backTestsCoverTheNewVersions() {
        assertThat(tables.of(BackTestRow.TABLE)).isNotEmpty().allSatisfy(row -> {
            double delta = row.get("ne_delta").asDouble();
            assertThat(Math.abs(delta)).isLessThan(50);
            assertThat(row.get("passed").asBoolean()).isEqualTo(delta >= -TinyWorld.ALPHA);
        });
    }

    @Test
    void backTestVerdictsSumUpTheirModelsAndNameWhatShips() {
        Map<String, JsonNode> fleet = tables.by(FleetModelRow.TABLE, "model_id");
        assertThat(tables.of(BackTestVerdictRow.TABLE)).isNotEmpty().allSatisfy(verdict -> {
            List<JsonNode> models = tables.where(
                            BackTestRow.TABLE, row -> Stream.of("run_id", "template", "version", "left_out")
                                    .allMatch(column -> row.get(column).equals(verdict.get(column))))
                    .toList();
            assertThat(models).hasSize(verdict.get("models").asInt());
            double weights = 0;
            double sum = 0;
            for (JsonNode model : models) {
                double weight =
                        fleet.get(model.get("model_id").asText()).get("weight").asDouble();
                weights += weight;
                sum += weight * model.get("ne_delta").asDouble();
            }
            assertThat(verdict.get("mu").asDouble()).isCloseTo(sum / weights, within(1e-9));
            assertThat(verdict.get("mu_se").asDouble()).isPositive();
            if (!verdict.get("shipped_version").isNull()) {
                assertThat(verdict.get("passed").asBoolean()).isTrue();
                assertThat(verdict.get("mu").asDouble())
                        .isGreaterThanOrEqualTo(verdict.get("needed_mu").asDouble());
            }
        });
        List<Integer> leftOut = tables.where(
                        BackTestVerdictRow.TABLE,
                        row -> !row.get("left_out").isNull()
                                && !row.get("shipped_version").isNull())
                .map(row -> row.get("shipped_version").asInt())
                .toList();
        assertThat(tables.where(
                        TemplateVersionRow.TABLE,
                        row -> row.get("cause").asText().equals("back-test")))
                .extracting(row -> row.get("version").asInt())
                .containsExactlyInAnyOrderElementsOf(leftOut);
    }

    @Test
    void everyModelIsIteratedAndWhatWasShippedIsPinnedAndAdopted() {
        Map<String, JsonNode> models = tables.by(ModelIterationRow.TABLE, "model_id");
        Map<String, JsonNode> fleet = tables.by(FleetModelRow.TABLE, "model_id");
        assertThat(models.keySet()).hasSize(TinyWorld.MODELS).isEqualTo(fleet.keySet());
        Set<String> shipped = new TreeSet<>();
        models.forEach((model, row) -> {
            double ne = row.get("ne").asDouble();
            double base = row.get("ne_base").asDouble();
            assertThat(row.get("ne_delta").asDouble()).isCloseTo(100 * (base - ne) / base, within(1e-9));
            assertThat(row.get("outcome").asText()).isIn("SHIPPED", "KEPT_BASELINE", "RESISTED");
            String version = row.get("template").asText() + "@" + row.get("version");
            boolean ships = row.get("outcome").asText().equals("SHIPPED");
            assertThat(fleet.get(model).get("baseline").asText().equals(version))
                    .as("%s runs %s", model, version)
                    .isEqualTo(ships);
            if (ships) {
                shipped.add(model);
                assertThat(row.get("ne_delta").asDouble()).isGreaterThanOrEqualTo(-TinyWorld.ALPHA);
            }
        });
        assertThat(shipped).isNotEmpty();
        assertThat(tables.of(AdoptionRow.TABLE))
                .extracting(row -> row.get("model_id").asText())
                .isSubsetOf(shipped);
        assertThat(tables.of(AdoptionRow.TABLE)).isNotEmpty();
    }

    @Test
    void modelsTuneWhatTheirTemplateExposesAndRunIt() {
        Map<String, JsonNode> fleet = tables.by(FleetModelRow.TABLE, "model_id");
        List<JsonNode> tuned = tables.where(ModelIterationRow.TABLE, row -> !row.get("tuning_trainings")
                        .isNull())
                .toList();
        assertThat(tuned).isNotEmpty().allSatisfy(row -> {
            assertThat(row.get("tuning_trainings").asInt()).isEqualTo(2);
            if (row.get("outcome").asText().equals("SHIPPED")) {
                assertThat(fleet.get(row.get("model_id").asText()).get("tuned")).isEqualTo(row.get("tuned"));
            }
        });
        assertThat(TinyWorld.finishedOutput())
                .contains("instance tuning: " + 2 * tuned.size() + " trainings, judged on validation rows, for "
                        + tuned.size() + " models;");
    }

    @Test
    void viewsSumUpTheTables() {
        long shipped = tables.where(
                        ModelIterationRow.TABLE,
                        row -> row.get("outcome").asText().equals("SHIPPED"))
                .count();
        List<JsonNode> rows = ResultTables.query(
                TinyWorld.finished(),
                "SELECT p.model_share_percent, (SELECT count(*) FROM v_delta_matrix) AS cells,"
                        + " (SELECT count(*) FROM v_leaderboard) AS techniques,"
                        + " (SELECT sum(technique_model_pairs) FROM v_throughput) AS pairs,"
                        + " (SELECT count(*) FROM v_transfer WHERE holdout_models = pairs) AS transferred,"
                        + " (SELECT count(*) FROM v_transfer WHERE fleet_models > 0 AND fleet_delta IS NOT NULL) AS realized,"
                        + " (SELECT count(*) FROM technique_decisions WHERE accepted) AS accepted FROM v_cycle_performance p");
        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.get("model_share_percent").asDouble())
                    .isCloseTo(100.0 * shipped / TinyWorld.MODELS, within(1e-9));
            assertThat(row.get("cells").asInt()).isEqualTo(TinyWorld.TECHNIQUES.size() * TinyWorld.REPRESENTATIVES);
            assertThat(row.get("techniques").asInt()).isEqualTo(TinyWorld.TECHNIQUES.size());
            assertThat(row.get("transferred")).isEqualTo(row.get("accepted"));
            assertThat(row.get("realized").asInt()).isPositive();
            assertThat(row.get("pairs").asInt())
                    .isEqualTo(tables.of(AdoptionRow.TABLE).size());
        });
    }
}
