package dev.smt.jobs.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.smt.experiment.Estimator;
import dev.smt.experiment.LoggedChoice;
import dev.smt.experiment.LoggedSample;
import dev.smt.experiment.OffPolicyEvaluation;
import dev.smt.experiment.PolicyValue;
import dev.smt.jobs.TestSpark;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.table.ExperimentRow;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Logged choices read by Spark: the same numbers as the library makes of the rows one by one. */
class LoggedJobTest {
    private static final String SIX =
            """
            SELECT * FROM VALUES
              ('a', 1, .5D, .25D, .8D, .5D), ('b', 0, .25D, .5D, .3D, .4D), ('a', 2, .2D, .6D, 1.5D, 1.2D),
              ('c', 1, .8D, .1D, .9D, .6D), ('b', 0, .5D, .5D, .2D, .3D), ('c', 3, .4D, .8D, 2.0D, 1.9D)
            AS t(user, r, p, q, f, g)
            """;
    private static final List<LoggedChoice> SIX_CHOICES = List.of(
            new LoggedChoice(1, .5, .25, .8, .5),
            new LoggedChoice(0, .25, .5, .3, .4),
            new LoggedChoice(2, .2, .6, 1.5, 1.2),
            new LoggedChoice(1, .8, .1, .9, .6),
            new LoggedChoice(0, .5, .5, .2, .3),
            new LoggedChoice(3, .4, .8, 2.0, 1.9));

    @Test
    void theSameEstimatesAsRowByRow() {
        for (double clip : List.of(Double.POSITIVE_INFINITY, 2.0)) {
            OffPolicyEvaluation found = only(run(SIX, query(Optional.empty(), clip)));
            OffPolicyEvaluation expected = OffPolicyEvaluation.of(LoggedSample.of(SIX_CHOICES, clip), true, 0.95);
            assertThat(found.values()).hasSize(4);
            for (int i = 0; i < 4; i++) {
                assertSame(found.values().get(i), expected.values().get(i));
            }
            assertThat(found.effectiveSampleSize()).isCloseTo(expected.effectiveSampleSize(), within(1e-12));
            assertThat(found.effectiveRewards()).isCloseTo(expected.effectiveRewards(), within(1e-12));
            assertThat(found.sample().sums().rows()).isEqualTo(6);
            assertThat(found.finding()).isEqualTo(expected.finding());
        }
    }

    /** Three units of two rows; the standard error of IPS by hand: units' influence sums (w r - v) over 6 rows. */
    @Test
    void rowsOfAUnitAreNotIndependent() {
        OffPolicyEvaluation found = only(run(SIX, query(Optional.of("user"), Double.POSITIVE_INFINITY)));
        PolicyValue ips = found.values().get(0);
        assertThat(ips.estimator()).isEqualTo(Estimator.IPS);
        assertThat(ips.value().value()).isCloseTo(2.1041666666666665, within(1e-12));
        double v = 2.1041666666666665;
        double[] influence = {(0.5 + 6 - 2 * v) / 2, (0 - 2 * v) / 2, (0.125 + 6 - 2 * v) / 2};
        double squares = 0;
        for (double one : influence) {
            squares += one * one;
        }
        assertThat(ips.value().standardError()).isCloseTo(Math.sqrt(squares / 2 / 3), within(1e-12));
        assertThat(found.sample().units().count()).isEqualTo(3);
        assertThat(found.sample().sums().rows()).isEqualTo(6);
    }

    @Test
    void actionsWithoutPropensityAreNamed() {
        String table =
                """
                SELECT concat('item', id % 4) AS item, id % 2 AS r, if(id % 4 = 3, NULL, 0.25D) AS p, 0.25D AS q
                FROM range(4000)
                """;
        LoggedQuery query = new LoggedQuery(
                "r",
                "p",
                "q",
                Optional.of("item"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Double.POSITIVE_INFINITY,
                0.95);
        List<LoggedResult> results = run(table, query);
        List<ExperimentRow> rows = new ExperimentRows("", "table", "r").logged(results, 0.95);
        assertThat(rows).extracting(ExperimentRow::estimator).containsExactly("ips", "snips");
        assertThat(rows).extracting(ExperimentRow::decides).containsExactly(false, true);
        assertThat(rows.get(1).verdict()).isEqualTo("the data can't tell");
        assertThat(rows.get(1).reason().orElseThrow())
                .startsWith("propensities are missing or 0 in 1000 of 4000 rows whose action the target policy takes")
                .endsWith("actions without propensity: item3 (1000 rows)");
        assertThat(new ExperimentReport(rows, 0.95).lines().get(0))
                .isEqualTo("target policy against logging policy, r; intervals of 95 %");
    }

    @Test
    void whatIsNoProbabilityIsRefused() {
        String table = "SELECT id AS r, if(id = 0, 1.5D, 0.5D) AS p, if(id < 2, NULL, 0.5D) AS q, 1 AS f, 1 AS g,"
                + " 'x' AS user FROM range(5)";
        assertThatThrownBy(() -> run(table, query(Optional.empty(), 10)))
                .isInstanceOfSatisfying(InvalidInputException.class, failure -> assertThat(failure.problems())
                        .containsExactly(
                                "in 1 row --propensity (\"p\") is below 0 or above 1; allowed: probabilities",
                                "in 2 rows --target-propensity (\"q\") is missing, below 0 or above 1; allowed:"
                                        + " probabilities"));
        assertThatThrownBy(() -> run("SELECT 1 AS r, 0.5 AS p, 0.5 AS q, 0 AS f, 0 AS g", query(Optional.empty(), 10)))
                .hasMessage("the log has 1 unit; allowed: 2 or more");
    }

    private static List<LoggedResult> run(String table, LoggedQuery query) {
        return new LoggedJob(query).run(TestSpark.session().sql(table));
    }

    private static LoggedQuery query(Optional<String> unit, double clip) {
        return new LoggedQuery(
                "r",
                "p",
                "q",
                Optional.empty(),
                Optional.of("f"),
                Optional.of("g"),
                unit,
                Optional.empty(),
                Optional.empty(),
                clip,
                0.95);
    }

    private static OffPolicyEvaluation only(List<LoggedResult> results) {
        assertThat(results).hasSize(1);
        return results.get(0).evaluation();
    }

    private static void assertSame(PolicyValue found, PolicyValue expected) {
        assertThat(found.estimator()).isEqualTo(expected.estimator());
        assertThat(found.value().value()).isCloseTo(expected.value().value(), within(1e-12));
        assertThat(found.value().standardError()).isCloseTo(expected.value().standardError(), within(1e-12));
        assertThat(found.difference().standardError())
                .isCloseTo(expected.difference().standardError(), within(1e-12));
        assertThat(found.clippingBias()).isCloseTo(expected.clippingBias(), within(1e-12));
    }
}
