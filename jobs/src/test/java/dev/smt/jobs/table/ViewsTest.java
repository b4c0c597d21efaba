package dev.smt.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.jobs.TestSpark;
import dev.smt.jobs.trial.PlantedDecisions;
import dev.smt.jobs.trial.PlantedModels;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The views over planted rows, whose sums a reader can check. */
class ViewsTest {
    private static final String NAME = "sparse-nn-medium";
    private static final OptionalDouble NONE = OptionalDouble.empty();

    @TempDir
    private Path folder;

    @Test
    void theBackTestsCulpritsStandBesideTheVersionThatHadThem() {
        Warehouse warehouse = Warehouse.open(TestSpark.session(), folder.toString());
        warehouse.append(
                BackTestVerdictRow.TABLE,
                List.of(
                        verdict("b1", 3, Optional.empty(), 0.1, OptionalInt.empty()),
                        verdict("b1", 3, Optional.of("a"), 0.2, OptionalInt.empty()),
                        verdict("b1", 3, Optional.of("a, b"), 0.5, OptionalInt.of(4)),
                        verdict("b2", 5, Optional.empty(), 0.7, OptionalInt.of(5))));
        assertThat(query(
                        warehouse,
                        "SELECT technique, version, shipped_version, mu_with, mu_without FROM v_back_test_culprits"
                                + " ORDER BY technique"))
                .extracting(Row::toString)
                .containsExactly("[a,3,4,0.1,0.5]", "[b,3,4,0.1,0.5]");
    }

    @Test
    void transferPutsStudyHoldoutAndFleetSideBySide() {
        Warehouse warehouse = Warehouse.open(TestSpark.session(), folder.toString());
        TechniqueDecisionRow shipped = PlantedDecisions.accepted("label-smoothing", 0.3, Map.of())
                .withHoldout(OptionalDouble.of(0.2), OptionalDouble.of(0.25), "CONFIRMED");
        TechniqueDecisionRow flagged = PlantedDecisions.accepted("learning-rates", 0.4, Map.of())
                .withHoldout(OptionalDouble.of(-0.1), OptionalDouble.of(0.5), "REGRESSES");
        warehouse.append(TechniqueDecisionRow.TABLE, List.of(shipped, flagged));
        warehouse.append(
                TechniqueTransferRow.TABLE,
                List.of(new TechniqueTransferRow(
                        "holdout-1",
                        "study",
                        "label-smoothing",
                        4,
                        2,
                        OptionalDouble.of(0.3),
                        OptionalDouble.of(0.2),
                        OptionalDouble.of(0.8),
                        OptionalDouble.of(-0.2),
                        OptionalDouble.of(0.98))));
        warehouse.append(
                TrialModelRow.TABLE,
                List.of(
                        trial("label-smoothing", -1, "h1"),
                        trial("label-smoothing", -1, "h2"),
                        trial("label-smoothing", 0, "r1")));
        plantFleet(warehouse, shipped);

        List<Row> rows = query(warehouse, "SELECT * FROM v_transfer");
        assertThat(rows).extracting(row -> row.getAs("technique")).containsExactly("learning-rates", "label-smoothing");
        Row transferred = rows.get(1);
        assertThat(transferred.<Double>getAs("representative_delta")).isEqualTo(0.3);
        assertThat(transferred.<Integer>getAs("representatives")).isEqualTo(4);
        assertThat(transferred.<Double>getAs("holdout_delta")).isEqualTo(0.2);
        assertThat(transferred.<Double>getAs("holdout_regression_rate")).isEqualTo(0.25);
        assertThat(transferred.<Long>getAs("holdout_models")).isEqualTo(2);
        assertThat(transferred.<Double>getAs("holdout_correlation_low")).isEqualTo(-0.2);
        assertThat(transferred.<Long>getAs("fleet_models")).isEqualTo(2);
        assertThat(transferred.<Double>getAs("fleet_delta")).isCloseTo((1 * 0.4 + 3 * 0.8) / 4, within(1e-12));
        assertThat(transferred.<Double>getAs("fleet_shipped_share")).isEqualTo(0.5);
        Row refused = rows.get(0);
        assertThat(refused.<String>getAs("holdout_verdict")).isEqualTo("REGRESSES");
        assertThat(refused.<Long>getAs("fleet_models")).isZero();
        assertThat(refused.<Double>getAs("fleet_delta")).isNull();
        assertThat(refused.<Double>getAs("holdout_correlation")).isNull();
    }

    /** Two models of weights 1 and 3 were rebuilt in this study's cycle, one kept its version; another study's cycle did more. */
    private static void plantFleet(Warehouse warehouse, TechniqueDecisionRow shipped) {
        String techniques =
                "{\"label-smoothing\":\"" + shipped.thetaStar().orElseThrow().replace("\"", "\\\"") + "\"}";
        warehouse.append(
                TemplateVersionRow.TABLE,
                List.of(new TemplateVersionRow(
                        "integrate-1",
                        NAME,
                        2,
                        OptionalInt.of(1),
                        "{}",
                        "hash",
                        techniques,
                        Instant.EPOCH,
                        "integration")));
        warehouse.append(
                FleetModelRow.TABLE,
                List.of(
                        FleetModelRow.of("ingest-1", PlantedModels.model("a", 1)),
                        FleetModelRow.of("ingest-1", PlantedModels.model("b", 3)),
                        FleetModelRow.of("ingest-1", PlantedModels.model("c", 5))));
        List<RunRow> runs = new ArrayList<>();
        for (String cycle : List.of("1", "2")) {
            runs.add(run("mmo-" + cycle, "{}", "{\"study\":\"" + (cycle.equals("1") ? "study" : "later") + "\"}"));
            runs.add(run("integrate-" + cycle, "{\"mmo\":\"mmo-" + cycle + "\"}", "{}"));
            runs.add(run("iterate-" + cycle, "{\"integrate\":\"integrate-" + cycle + "\"}", "{}"));
        }
        warehouse.append(RunRow.TABLE, runs);
        warehouse.append(
                ModelIterationRow.TABLE,
                List.of(
                        iteration("iterate-1", "a", OptionalDouble.of(0.4), "SHIPPED"),
                        iteration("iterate-1", "b", OptionalDouble.of(0.8), "RESISTED"),
                        iteration("iterate-1", "c", NONE, "KEPT_BASELINE"),
                        iteration("iterate-2", "a", OptionalDouble.of(9), "SHIPPED")));
    }

    private static List<Row> query(Warehouse warehouse, String query) {
        warehouse.registerNamedIn(query);
        return warehouse.spark().sql(query).collectAsList();
    }

    private static BackTestVerdictRow verdict(
            String runId, int version, Optional<String> leftOut, double mu, OptionalInt shipped) {
        return new BackTestVerdictRow(
                runId,
                "study",
                NAME,
                version,
                leftOut,
                "",
                4,
                OptionalDouble.of(mu),
                NONE,
                0.8,
                0.64,
                0,
                shipped.isPresent(),
                "planted",
                shipped);
    }

    private static TrialModelRow trial(String technique, int trial, String model) {
        return new TrialModelRow(
                "run",
                "study",
                technique,
                trial,
                model,
                0,
                "DONE",
                Optional.empty(),
                NONE,
                NONE,
                NONE,
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

    @Test
    void hoursPerModelAreComparedWithoutThePreparationOfData() {
        Warehouse warehouse = Warehouse.open(TestSpark.session(), folder.toString());
        warehouse.append(
                EffortRow.TABLE,
                List.of(
                        effort("1", "fragmented", "training", 25, 2),
                        effort("2", "fragmented", "data-preparation", 900, 2),
                        effort("3", "templates", "training", 10, 20),
                        effort("4", "templates", "features", 30, 20)));
        assertThat(query(warehouse, "SELECT way, hours_per_model, saved_percent FROM v_effort"))
                .extracting(Row::toString)
                .containsExactly("[templates,1.0,92.0]", "[fragmented,12.5,0.0]");
    }

    private static EffortRow effort(String id, String way, String stage, double hours, int models) {
        return new EffortRow(id, Instant.EPOCH, way, OptionalInt.of(1), stage, hours, models, Optional.empty());
    }

    @Test
    void aStudysWaysStandSideBySide() {
        Warehouse warehouse = Warehouse.open(TestSpark.session(), folder.toString());
        warehouse.append(
                StudyCycleRow.TABLE,
                List.of(
                        cycle("templates", 1, 20, 100, 60, 5),
                        cycle("templates", 2, 10, 100, 20, 5),
                        cycle("fragmented", 1, 10, 100, 10, 40),
                        cycle("fragmented", 2, 6, 60, 6, 24)));
        assertThat(query(
                        warehouse,
                        "SELECT way, pairs, models_per_cycle, round(techniques_per_model, 4), pairs_per_training,"
                                + " times_the_fragmented_way, edits_per_pair FROM v_study_throughput"))
                .extracting(Row::toString)
                .containsExactly("[templates,80,15.0,2.6667,0.4,4.0,0.125]", "[fragmented,16,8.0,1.0,0.1,1.0,4.0]");
        assertThat(query(
                        warehouse,
                        "SELECT way, cycle, model_share_percent, regressed_percent FROM v_study_performance"
                                + " WHERE way = 'templates'"))
                .extracting(Row::toString)
                .containsExactly("[templates,1,50.0,10.0]", "[templates,2,25.0,20.0]");
    }

    private static StudyCycleRow cycle(String way, int number, int shipped, int trainings, int pairs, int edits) {
        return new StudyCycleRow(
                "run", "study", way, number, 40, shipped, trainings, pairs, edits, NONE, NONE, NONE, NONE, NONE, 2);
    }

    private static ModelIterationRow iteration(String runId, String model, OptionalDouble delta, String outcome) {
        return PlantedIterations.row(runId, runId.endsWith("1") ? 1 : 2, model, delta, NONE, outcome);
    }

    private static RunRow run(String runId, String inputs, String outputs) {
        return new RunRow(
                runId,
                runId.substring(0, runId.indexOf('-')),
                runId,
                "{}",
                "1",
                inputs,
                outputs,
                Instant.EPOCH,
                Instant.EPOCH,
                RunRow.DONE,
                Optional.empty());
    }
}
