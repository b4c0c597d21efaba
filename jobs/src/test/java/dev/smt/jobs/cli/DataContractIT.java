package dev.smt.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bad rows of a data contract end up in the quarantine, and what was checked in a table. */
class DataContractIT {
    @Test
    void badRowsAreInTheQuarantineAndChecksInTheirTable() {
        Path warehouse = TinyWorld.fresh("contract");
        CommandRun run = CommandRun.onTinyWorld(
                        List.of("ingest"),
                        TinyWorld.warehouse(warehouse),
                        "input.contract.max-bad-share=0.05",
                        "input.contract.rows.known-number=\"numeric_00 IS NOT NULL\"",
                        "input.contract.table.enough={sql = \"count(1)\", min = 1000000, breach = warn}")
                .succeeds();

        JsonNode check = ResultTables.query(warehouse, "SELECT * FROM data_checks WHERE name = 'known-number'")
                .get(0);
        int bad = check.get("value").asInt();
        assertThat(bad).isBetween(10, 300);
        assertThat(check.get("held").asBoolean()).isTrue();
        List<JsonNode> kept = ResultTables.query(warehouse, "SELECT * FROM quarantine");
        assertThat(kept).hasSize(bad).allSatisfy(row -> {
            assertThat(row.get("rules").asText()).isEqualTo("known-number");
            assertThat(row.get("record").asText()).startsWith("{").doesNotContain("numeric_00");
        });
        assertThat(ResultTables.query(warehouse, "SELECT held FROM data_checks WHERE kind = 'TABLE'"))
                .singleElement()
                .satisfies(row -> assertThat(row.get("held").asBoolean()).isFalse());
        assertThat(run.out())
                .contains(
                        "left out: " + bad + " rows that break \"known-number\" (table quarantine)",
                        "warning: enough: ",
                        "tables written: fleet_models, data_checks, quarantine");
    }
}
