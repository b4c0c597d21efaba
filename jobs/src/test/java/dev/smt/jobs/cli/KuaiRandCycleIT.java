package dev.smt.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cycle on real logs, small: a third of the users, two techniques, four trials. Runs where the data is there. */
class KuaiRandCycleIT {
    private static final Path DATA =
            Path.of(System.getenv().getOrDefault("SMT_DATA", "../../shared/data/kuairand_pure_2w"));

    @TempDir
    private Path folder;

    @Test
    void endsWithAVersionThatTheModelsWereRebuiltFrom() {
        assumeThat(Files.isDirectory(DATA)).isTrue();
        Path warehouse = folder.resolve("warehouse");
        CommandRun.of(arguments(warehouse)).succeeds();

        List<JsonNode> models = ResultTables.query(warehouse, "SELECT * FROM model_iterations");
        long fleet = count(warehouse, "SELECT count(*) AS n FROM fleet_models");
        assertThat(models).hasSize((int) fleet).hasSizeGreaterThan(8);
        assertThat(models).allSatisfy(model -> {
            assertThat(model.get("version").asInt()).isGreaterThanOrEqualTo(2);
            assertThat(model.get("ne").asDouble()).isBetween(0.3, 3.0);
            if (model.get("reason").asText().startsWith("the latest version makes of it")) {
                assertThat(model.get("ne")).isEqualTo(model.get("ne_base"));
                assertThat(model.hasNonNull("ne_delta")).isFalse();
            } else {
                assertThat(model.hasNonNull("ne_delta")).isTrue();
            }
        });
        assertThat(count(warehouse, "SELECT count(*) AS n FROM trial_models WHERE trial >= 0"))
                .isEqualTo(2 * 4 * 4);
        JsonNode smoothing = ResultTables.query(
                        warehouse, "SELECT * FROM technique_decisions WHERE technique = 'label-smoothing'")
                .get(0);
        assertThat(smoothing.get("accepted").asBoolean()).isFalse();
        assertThat(smoothing.get("reason").asText()).isEqualTo("NO_FEASIBLE_TRIAL");
    }

    private static String[] arguments(Path warehouse) {
        return Stream.concat(
                        Stream.of("cycle", "--conf", "../conf/kuairand.conf"),
                        Stream.of(
                                        "data=" + DATA,
                                        "warehouse=" + warehouse,
                                        "input.filter=user_id % 3 = 0",
                                        "fleet.grid.labels=[is_click, long_view, is_like]",
                                        "representatives.eligible=true",
                                        "representatives.k=4",
                                        "importance.repeats=1",
                                        "mmo.techniques=[history-pooling, label-smoothing]",
                                        "mmo.trials=4",
                                        "mmo.initial-trials=2")
                                .flatMap(setting -> Stream.of("--set", setting)))
                .toArray(String[]::new);
    }

    private static long count(Path warehouse, String query) {
        return ResultTables.query(warehouse, query).get(0).get("n").asLong();
    }
}
