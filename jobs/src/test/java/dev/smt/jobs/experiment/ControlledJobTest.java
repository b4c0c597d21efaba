package dev.smt.jobs.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.smt.experiment.ArmFinding;
import dev.smt.experiment.Estimate;
import dev.smt.experiment.Lift;
import dev.smt.experiment.Verdict;
import dev.smt.jobs.TestSpark;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.experiment.ControlledQuery.PerUnit;
import dev.smt.jobs.table.ExperimentRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** A/B tests read by Spark: rows become units, and every problem of the input is said. */
class ControlledJobTest {
    /** Each unit of the golden of ControlledExperimentTest as two rows, whose means are the unit's numbers. */
    private static final String SEVENTEEN_UNITS =
            """
            SELECT arm, concat(arm, unit) AS user, metric + wobble AS spent, before
            FROM (
              SELECT 'A' AS arm, posexplode(array(3, 1, 4, 1, 5, 9, 2, 6)) AS (unit, metric)
              UNION ALL SELECT 'B', posexplode(array(5, 3, 5, 8, 9, 7, 9, 3, 2)) AS (unit, metric)
            ) JOIN (
              SELECT 'A' AS arm, posexplode(array(2, 1, 3, 2, 4, 7, 2, 5)) AS (unit, before)
              UNION ALL SELECT 'B', posexplode(array(3, 2, 4, 6, 7, 4, 6, 3, 1)) AS (unit, before)
            ) USING (arm, unit) CROSS JOIN (SELECT explode(array(-0.5D, 0.5D)) AS wobble)
            """;

    @Test
    void rowsOfAUnitAreOneUnit() {
        ControlledResult result = only(run(SEVENTEEN_UNITS, query("spent", PerUnit.mean, "before")));

        assertThat(result.evaluation().adjustment().orElseThrow().theta()).isCloseTo(1.315126050420168, within(1e-12));
        ArmFinding finding = result.evaluation().findings().get(0);
        assertThat(finding.arm().units()).isEqualTo(9);
        assertEstimate(finding.plain().difference(), 1.791666666666667, 1.3227819110219885);
        Lift adjusted = finding.adjusted().orElseThrow();
        assertEstimate(adjusted.difference(), 0.8053221288515404, 0.34700113625935874);
        assertEstimate(adjusted.relative().orElseThrow(), 0.18314503587956454, 0.08447616114041014);
        assertThat(finding.finding().verdict()).isEqualTo(Verdict.HIGHER);
    }

    @Test
    void sumsOfTheMetricLeaveTheCovariateAMean() {
        ControlledResult result = only(run(SEVENTEEN_UNITS, query("spent", PerUnit.sum, "before")));
        assertThat(result.evaluation().adjustment().orElseThrow().center())
                .isCloseTo(3.6470588235294117, within(1e-12));
        assertEstimate(
                result.evaluation().findings().get(0).plain().difference(),
                2 * 1.791666666666667,
                2 * 1.3227819110219885);
    }

    @Test
    void expressionsAndBooleansAreMetrics() {
        ControlledResult result = only(run(SEVENTEEN_UNITS, query("spent > 4", PerUnit.mean, "coalesce(before, 0)")));
        assertThat(result.evaluation().findings().get(0).plain().control().value())
                .isCloseTo((0.5 + 1 + 1 + 1) / 8, within(1e-12));
    }

    @Test
    void everyExperimentIsEvaluatedByItself() {
        String table =
                """
                SELECT concat('e', id % 5) AS experiment, concat('u', id) AS user,
                       CASE WHEN id % 2 = 0 THEN 'old' ELSE 'new' END AS arm,
                       10 + hash(id) % 3 + (id % 5) * (id % 2) AS spent, (id % 5) * 0.1D AS delta
                FROM range(2000)
                """;
        ControlledQuery query = new ControlledQuery(
                "user",
                "arm",
                "spent",
                PerUnit.mean,
                Optional.empty(),
                Optional.of("experiment"),
                Optional.of("delta"),
                Optional.of("old"),
                new TreeMap<>(),
                0.95);
        List<ControlledResult> results = run(table, query);
        assertThat(results).extracting(ControlledResult::experiment).containsExactly("e0", "e1", "e2", "e3", "e4");
        assertThat(results.get(3).offline()).containsEntry("new", 3 * 0.1);
        List<ExperimentRow> rows = new ExperimentRows("run", "table", "spent").controlled(results);
        assertThat(rows).hasSize(5).extracting(ExperimentRow::decides).containsOnly(true);
        assertThat(new ExperimentReport(rows, 0.95).lines())
                .anyMatch(line -> line.startsWith("  Pearson over 5 changes: 0.9")
                        || line.startsWith("  Pearson over 5 changes: 1.0"))
                .anyMatch(line -> line.startsWith("  Spearman over 5 changes: "));
    }

    @Test
    void oneExperimentClaimsNoRelationToTheOfflineDelta() {
        ControlledQuery query = new ControlledQuery(
                "user",
                "arm",
                "spent",
                PerUnit.mean,
                Optional.empty(),
                Optional.empty(),
                Optional.of("0.4"),
                Optional.empty(),
                new TreeMap<>(),
                0.95);
        List<ExperimentRow> rows = new ExperimentRows("", "table", "spent").controlled(run(SEVENTEEN_UNITS, query));
        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.control()).isEqualTo("A");
            assertThat(row.offlineDelta()).hasValue(0.4);
            assertThat(row.verdict()).isEqualTo("the data can't tell");
            assertThat(row.reason()).contains("the interval of the difference contains 0");
        });
        assertThat(new ExperimentReport(rows, 0.95).lines())
                .contains("  the data can't tell: the interval of the difference contains 0")
                .contains("  B: offline NE delta +0.400 %, online +46.2 % [-48.2, 141]")
                .anyMatch(line -> line.contains("one change shows no relation between the two"));
    }

    @Test
    void sharesThatWerePlannedAreCompared() {
        String table =
                "SELECT id AS user, CASE WHEN id % 10 = 0 THEN 'B' ELSE 'A' END AS arm, id % 3 AS spent FROM range(2000)";
        ControlledQuery planned = query("spent", PerUnit.mean, "spent");
        assertThat(only(run(table, planned)).evaluation().sampleRatio().mismatch())
                .isTrue();
        ControlledQuery nine = new ControlledQuery(
                "user",
                "arm",
                "spent",
                PerUnit.mean,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("A"),
                new TreeMap<>(Map.of("A", 0.9, "B", 0.1)),
                0.95);
        assertThat(only(run(table, nine)).evaluation().sampleRatio().pValue()).isCloseTo(1, within(1e-9));
    }

    @Test
    void columnsThatAreNotThereOrNotNumbersAreAllSaid() {
        assertThatThrownBy(() -> run(SEVENTEEN_UNITS, query("user", PerUnit.mean, "nowhere")))
                .isInstanceOfSatisfying(InvalidInputException.class, failure -> assertThat(failure.problems())
                        .hasSize(2)
                        .anyMatch(problem -> problem.startsWith(
                                "--metric is \"user\", of the type STRING; allowed: a column or expression of numbers"))
                        .anyMatch(problem ->
                                problem.startsWith("--covariate is \"nowhere\"; allowed: a column of the input"
                                        + " (arm, user, spent, before) or an expression over them")));
    }

    @Test
    void anAggregateIsNoColumn() {
        assertThatThrownBy(() -> run(SEVENTEEN_UNITS, query("sum(spent)", PerUnit.mean, "before")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("--metric is \"sum(spent)\"; allowed: ");
    }

    @Test
    void badRowsAreCountedAllAtOnce() {
        String table =
                """
                SELECT * FROM VALUES
                  ('u1', 'A', 1D, 1D), ('u2', 'A', double('NaN'), 1D), ('u3', 'B', NULL, 2D), ('u4', 'B', 1D, NULL),
                  (NULL, 'B', 1D, 1D), ('u5', NULL, 1D, 1D), ('u1', 'B', 1D, 1D), ('u6', 'B', double('Infinity'), 1D)
                AS t(user, arm, spent, before)
                """;
        assertThatThrownBy(() -> run(table, query("spent", PerUnit.mean, "before")))
                .isInstanceOfSatisfying(InvalidInputException.class, failure -> assertThat(failure.problems())
                        .containsExactly(
                                "in 1 row --unit (\"user\") is missing; allowed: a value in every row",
                                "in 1 row --arm (\"arm\") is missing; allowed: a value in every row",
                                "in 3 rows --metric (\"spent\") is missing, NaN or infinite; allowed: finite numbers",
                                "in 1 row --covariate (\"before\") is missing, NaN or infinite; allowed: finite numbers,"
                                        + " such as coalesce(before, 0) for units without a past",
                                "1 unit is in arm \"A\" and in another, such as \"u1\"; allowed: one arm per unit; name"
                                        + " what was assigned to arms with --unit"));
    }

    @Test
    void oneArmOrOneUnitIsNotEnough() {
        assertThatThrownBy(() -> run(
                        "SELECT id AS user, 'A' AS arm, id AS spent FROM range(4)",
                        query("spent", PerUnit.mean, "spent")))
                .hasMessage("--arm has only the value \"A\"; allowed: two arms or more");
        assertThatThrownBy(() -> run(
                        "SELECT id AS user, if(id = 0, 'A', 'B') AS arm, id AS spent FROM range(4)",
                        query("spent", PerUnit.mean, "spent")))
                .hasMessage("arm \"A\" has 1 unit; allowed: 2 or more");
        assertThatThrownBy(() -> run(
                        "SELECT id AS user, 'A' AS arm, id AS spent FROM range(0)",
                        query("spent", PerUnit.mean, "spent")))
                .hasMessage("--input has no rows; allowed: at least two units");
    }

    @Test
    void aFailingExpressionIsTheUsers() {
        assertThatThrownBy(() -> run(SEVENTEEN_UNITS, query("cast(user AS double)", PerUnit.mean, "before")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("--input can't be evaluated: ");
    }

    private static List<ControlledResult> run(String table, ControlledQuery query) {
        Dataset<Row> rows = TestSpark.session().sql(table);
        return new ControlledJob(query).run(rows);
    }

    private static ControlledQuery query(String metric, PerUnit perUnit, String covariate) {
        return new ControlledQuery(
                "user",
                "arm",
                metric,
                perUnit,
                Optional.of(covariate),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new TreeMap<>(),
                0.95);
    }

    private static ControlledResult only(List<ControlledResult> results) {
        assertThat(results).hasSize(1);
        return results.get(0);
    }

    private static void assertEstimate(Estimate estimate, double value, double error) {
        assertThat(estimate.value()).isCloseTo(value, within(1e-12));
        assertThat(estimate.standardError()).isCloseTo(error, within(1e-12));
    }
}
