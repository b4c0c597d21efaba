package dev.smt.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.jobs.TestSpark;
import dev.smt.jobs.mmo.LedgerRows;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers worked out by hand; all standard errors are 0.1. */
class ModelGainViewsTest {
    private static final double ERROR = 0.1;

    @TempDir
    private static Path folder;

    private static Warehouse warehouse;

    @BeforeAll
    static void writeStudy() {
        warehouse = Warehouse.open(TestSpark.session(), folder.toString());
        LedgerRows.write(
                warehouse,
                "good",
                Map.of(
                        "m1", new double[] {0.3, 0.5, 0.1},
                        "m2", new double[] {0.2, 0.2, 0.2},
                        "m3", new double[] {Double.NaN, 0.4, 0.6}),
                ERROR,
                0,
                true,
                "run");
        LedgerRows.write(
                warehouse,
                "divisive",
                Map.of(
                        "m1", new double[] {-0.5, 0.7, 0.1},
                        "m2", new double[] {0.21, -0.4, -0.4},
                        "m3", new double[] {0.19, -0.1, -0.6}),
                ERROR,
                1,
                false,
                "run");
        LedgerRows.write(warehouse, "hopeless", Map.of("m1", new double[] {-0.5, -0.7, 0.2}), ERROR, 2, false, "run");
        LedgerRows.write(warehouse, "small", Map.of("m1", new double[] {0.4, 0.3, 0.2}), ERROR, 0, false, "strict");
        LedgerRows.write(warehouse, "open", Map.of("m1", new double[] {0.9, 0.3, 0.2}), ERROR, 0, false, "run");
        warehouse.upsert(
                TechniqueDecisionRow.TABLE,
                warehouse
                        .rows(
                                TechniqueDecisionRow.TABLE,
                                functions.col("technique").equalTo("open"))
                        .stream()
                        .map(row -> row.decided(false, "OPEN"))
                        .toList());
        Instant now = Instant.EPOCH;
        warehouse.upsert(
                RunRow.TABLE,
                List.of(new RunRow(
                        "strict",
                        "mmo",
                        "key",
                        "{\"mmo\":{\"tau\":0.45}}",
                        "1",
                        "{}",
                        "{}",
                        now,
                        now,
                        RunRow.DONE,
                        Optional.empty())));
    }

    @Test
    void theRegretIsTheModelsOwnBestLessItsDeltaAtThetaStar() {
        Row m1 = regret("good", "m1");
        assertThat(m1.<Double>getAs("delta_star")).isEqualTo(0.3);
        assertThat(m1.<String>getAs("theta_star")).isEqualTo(LedgerRows.theta(0));
        assertThat(m1.<Double>getAs("delta_best")).isEqualTo(0.5);
        assertThat(m1.<String>getAs("theta_best")).isEqualTo(LedgerRows.theta(1));
        assertThat(m1.<Double>getAs("regret")).isCloseTo(0.2, within(1e-12));
        assertThat(m1.<Double>getAs("regret_se")).isCloseTo(Math.sqrt(0.02), within(1e-12));
        // The deltas' variance is 0.04, of which 0.01 is noise.
        assertThat(m1.<Double>getAs("regret_shrunk")).isCloseTo(0.75 * 0.2, within(1e-12));
        assertThat(m1.<Boolean>getAs("accepted")).isTrue();
        assertThat(m1.<Long>getAs("trials")).isEqualTo(3);
    }

    @Test
    void aModelWhoseBestIsThetaStarHasNoRegret() {
        Row equal = regret("good", "m2");
        assertThat(equal.<Double>getAs("regret")).isZero();
        assertThat(equal.<Double>getAs("regret_se")).isZero();
        assertThat(equal.<Double>getAs("regret_shrunk")).isZero();
    }

    @Test
    void aModelThatFailedAtThetaStarHasNoDeltaToCompare() {
        assertThat(rows("SELECT * FROM v_per_model_regret WHERE technique = 'good' AND model_id = 'm3'"))
                .isEmpty();
    }

    @Test
    void aRejectedTechniqueThatSomeModelsLikeIsACandidate() {
        Row divisive = candidate("divisive");
        assertThat(divisive.<String>getAs("reason")).isEqualTo("NO_FEASIBLE_TRIAL");
        assertThat(divisive.<Long>getAs("models")).isEqualTo(3);
        // Beyond two standard errors: 0.7 and 0.21, not 0.19.
        assertThat(divisive.<Long>getAs("models_that_like")).isEqualTo(2);
        assertThat(divisive.<String>getAs("which")).isEqualTo("m1, m2");
        assertThat(divisive.<Double>getAs("mean_best_delta")).isCloseTo(0.455, within(1e-12));
        assertThat(divisive.<Double>getAs("models_by_luck")).isCloseTo(3 * (1 - Math.pow(0.97725, 3)), within(1e-12));
        // m1: mean 0.1, variance 0.36, so 0.1 + 0.6 * (1 - 0.01 / 0.36).
        double m1 = 0.1 + 0.6 * (1 - 0.01 / 0.36);
        double variance = (2 * Math.pow(0.61 / 3, 2) + Math.pow(2 * 0.61 / 3, 2)) / 2;
        double mean = -0.59 / 3;
        double m2 = mean + (0.21 - mean) * (1 - 0.01 / variance);
        assertThat(divisive.<Double>getAs("mean_shrunk_delta")).isCloseTo((m1 + m2) / 2, within(1e-12));
    }

    @Test
    void whatIsAcceptedOpenOrLikedByNoModelIsNoCandidate() {
        assertThat(rows("SELECT technique FROM v_expose_candidates"))
                .extracting(row -> row.getString(0))
                .as("hopeless: 0.2 is not above two standard errors; small: 0.4 is below the study's tau of 0.45")
                .containsExactly("divisive");
    }

    private static Row regret(String technique, String model) {
        return rows("SELECT * FROM v_per_model_regret WHERE technique = '" + technique + "' AND model_id = '" + model
                        + "'")
                .get(0);
    }

    private static Row candidate(String technique) {
        return rows("SELECT * FROM v_expose_candidates WHERE technique = '" + technique + "'")
                .get(0);
    }

    private static List<Row> rows(String query) {
        warehouse.registerNamedIn(query);
        return TestSpark.session().sql(query).collectAsList();
    }
}
