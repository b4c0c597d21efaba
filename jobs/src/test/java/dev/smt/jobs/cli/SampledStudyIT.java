package dev.smt.jobs.cli;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smt.jobs.table.BaselineRow;
import dev.smt.jobs.table.FleetModelRow;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.jobs.table.TrialModelRow;
import dev.smt.jobs.table.TrialRow;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A study whose search sees half of the training rows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SampledStudyIT {
    private static final double SHARE = 0.5;
    private static final int TRIALS = 2;

    private String output;
    private ResultTables tables;

    @BeforeAll
    void study() {
        Path warehouse = TinyWorld.copyBeforeMmo("sampled");
        output = CommandRun.onTinyWorld(
                        List.of("mmo"),
                        TinyWorld.warehouse(warehouse),
                        "mmo.rows-share=" + SHARE,
                        "mmo.trials=" + TRIALS,
                        "mmo.techniques=[learning-rates]")
                .succeeds()
                .out();
        tables = ResultTables.of(warehouse);
    }

    @Test
    void theSearchSeesTheShareAndThetaStarAllRows() {
        assertThat(tables.of(TrialRow.TABLE))
                .hasSize(TRIALS)
                .allSatisfy(row -> assertThat(row.get("rows_share").asDouble()).isEqualTo(SHARE));
        Map<String, List<JsonNode>> byModel = tables.of(TrialModelRow.TABLE).stream()
                .collect(groupingBy(row -> row.get("model_id").asText()));
        byModel.forEach((model, rows) -> {
            List<Long> all = examples(rows, false);
            assertThat(all).as("trainings of theta* of %s", model).hasSize(1);
            assertThat(examples(rows, true)).hasSize(TRIALS).allSatisfy(seen -> assertThat(seen.doubleValue())
                    .isCloseTo(SHARE * all.get(0), within(2.0)));
        });
    }

    @Test
    void theTrainingsOnAllRowsDecide() {
        Map<String, Double> weights = tables.of(FleetModelRow.TABLE).stream()
                .collect(Collectors.toMap(row -> row.get("model_id").asText(), row -> row.get("weight")
                        .asDouble()));
        for (JsonNode decision : tables.of(TechniqueDecisionRow.TABLE)) {
            List<JsonNode> onAllRows = tables.where(
                            TrialModelRow.TABLE,
                            row -> row.get("technique").equals(decision.get("technique")) && !isSearch(row))
                    .toList();
            double weight = onAllRows.stream()
                    .mapToDouble(row -> weights.get(row.get("model_id").asText()))
                    .sum();
            double mu = onAllRows.stream()
                            .mapToDouble(row -> weights.get(row.get("model_id").asText())
                                    * row.get("ne_delta").asDouble())
                            .sum()
                    / weight;
            assertThat(decision.get("mu_star").asDouble()).isCloseTo(mu, within(1e-9));
            long regressed = onAllRows.stream()
                    .filter(row -> row.get("ne_delta").asDouble() < -TinyWorld.ALPHA)
                    .count();
            assertThat(decision.get("regression_rate").asDouble())
                    .isCloseTo((double) regressed / TinyWorld.REPRESENTATIVES, within(1e-9));
            assertThat(decision.get("accepted").asBoolean()).isEqualTo(mu >= TinyWorld.TAU);
        }
        assertThat(output)
                .contains("trials on 50.00 % of the training rows", "trained again on all rows, which decides");
    }

    @Test
    void onlyBaselinesOnAllRowsAreKept() {
        List<Double> kept = tables.of(BaselineRow.TABLE).stream()
                .map(row -> row.get("ne").asDouble())
                .toList();
        assertThat(kept).hasSize(TinyWorld.REPRESENTATIVES);
        assertThat(tables.of(TrialModelRow.TABLE))
                .allSatisfy(row ->
                        assertThat(kept.contains(row.get("ne_base").asDouble())).isEqualTo(!isSearch(row)));
    }

    private static List<Long> examples(List<JsonNode> rows, boolean search) {
        return rows.stream()
                .filter(row -> isSearch(row) == search)
                .map(row -> row.get("examples").asLong())
                .toList();
    }

    private static boolean isSearch(JsonNode row) {
        return row.get("replicate").asInt() == 0;
    }
}
