package dev.smt.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.smt.jobs.config.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataContractTest {
    /** Two bad rows of ten: a broken record, and a label of 7 with a price below 0. */
    private static final String BAD = Tiny.LOGS + "f,x,110,not a number,1\n" + "g,y,120,-2.0,7\n";

    private static final String SCHEMA = "input.logs = [{path = ${data}\"/logs.csv.gz\", format = csv,"
            + " schema = \"user STRING, item STRING, t BIGINT, price DOUBLE, clicked INT\"}]\n";

    @TempDir
    Path folder;

    @Test
    void badRowsAreLeftOutAndKeptAside() {
        Tiny tiny = new Tiny(folder);
        PipelineManifest clean = tiny.ingest(SCHEMA).pipelines().get(0);
        tiny.gzip("logs.csv.gz", BAD);

        IngestResult result = tiny.ingest(
                SCHEMA + "input.contract {max-bad-share = 0.2, rows {price-range = \"price IS NULL OR price >= 0\"}}");

        PipelineManifest manifest = result.pipelines().get(0);
        assertThat(manifest.split(Split.TRAIN).rows()).isEqualTo(4);
        assertThat(manifest.dataVersion()).as("the same rows as without them").isEqualTo(clean.dataVersion());
        assertThat(result.quarantined())
                .extracting(QuarantinedRow::rules)
                .containsExactlyInAnyOrder("readable", "label clicked, price-range");
        assertThat(result.quarantined())
                .extracting(QuarantinedRow::record)
                .anySatisfy(record -> assertThat(record).contains("\"__corrupt\":\"f,x,110,not a number,1\""))
                .anySatisfy(record -> assertThat(record).contains("\"user\":\"g\"", "\"price\":-2.0"));
        assertThat(result.checks())
                .filteredOn(check -> check.kind().equals(DataCheck.ROW))
                .extracting(check -> check.name() + " " + (int) check.value() + " " + check.held())
                .containsExactly("readable 1 true", "time 0 true", "label clicked 1 true", "price-range 1 true");
        assertThat(result.report())
                .contains(
                        "left out: 1 rows that break \"readable\" (table quarantine)",
                        "left out: 1 rows that break \"price-range\" (table quarantine)");
    }

    @Test
    void moreBadRowsThanAllowedEndTheStepWithAnExampleOfEachRule() {
        Tiny tiny = new Tiny(folder);
        tiny.gzip("logs.csv.gz", BAD);
        assertThatThrownBy(() -> tiny.ingest(SCHEMA + "input.contract.max-bad-share = 0.1"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(
                        "input.contract: 2 of 10 rows are bad (20.000 %); allowed: at most 10.0 % (max-bad-share)")
                .hasMessageContaining("; readable: 1, such as {")
                .hasMessageContaining("; label clicked: 1, such as {\"user\":\"g\"");
        assertThat(Path.of(tiny.warehouse()).resolve("encoded")).doesNotExist();
    }

    @Test
    void withoutAShareOneBadRowEndsTheStep() {
        Tiny tiny = new Tiny(folder);
        assertThatThrownBy(() -> tiny.ingest("input.contract.rows {cheap = \"price < 5\"}"))
                .hasMessageContaining("input.contract: 4 of 8 rows are bad (50.000 %); allowed: at most 0.0 %")
                .hasMessageContaining("; cheap: 4, such as {");
    }

    @Test
    void rulesReadDerivedColumnsAndJudgeOnlyRowsThatStay() {
        Tiny tiny = new Tiny(folder);
        IngestResult result = tiny.ingest("input {derived {cents = \"price * 100\"}, filter = \"price IS NOT NULL\","
                + " contract.rows {cents-range = \"cents BETWEEN 100 AND 700\"}}");
        assertThat(result.checks())
                .filteredOn(check -> check.kind().equals(DataCheck.ROW))
                .singleElement()
                .isEqualTo(new DataCheck("ROW", "cents-range", "*", 0, "0.0 of the rows, all rules together", true));
    }

    @Test
    void theTablesRulesWarnOrStop() {
        Tiny tiny = new Tiny(folder);
        String rules = "input.contract.table {enough {sql = \"count(1)\", min = 100, breach = %s},"
                + " nulls {sql = \"avg(if(price IS NULL, 1, 0))\", max = 0.5}}";
        assertThat(tiny.ingest(rules.formatted("warn")).report())
                .contains("warning: enough: 8.0000; allowed: at least 100.0");
        assertThatThrownBy(() -> tiny.ingest(rules.formatted("stop")))
                .hasMessageContaining("input.contract.table.enough: count(1) is 8.0; allowed: at least 100.0");
        assertThat(tiny.ingest("input.contract.table.nulls {sql = \"avg(if(price IS NULL, 1, 0))\", max = 0.5}")
                        .checks())
                .first()
                .isEqualTo(new DataCheck("TABLE", "nulls", "*", 0.25, "at most 0.5", true));
    }

    @Test
    void aPopulationThatIsAnotherOneWarnsOrStopsBeforeItCounts() throws Exception {
        Tiny tiny = new Tiny(folder);
        String first = tiny.ingest("").pipelines().get(0).dataVersion();
        // Three of four training rows are clicks, of two before: 0.25 ln(3) and more.
        tiny.gzip("logs.csv.gz", Tiny.LOGS.replace("a,y,200,3.0,0", "a,y,200,3.0,1"));
        assertThatThrownBy(() -> tiny.ingest("input.contract.drift.breach = stop"))
                .hasMessageContaining("input.contract.drift: base rate of clicked of pipeline all: 0.2747; allowed:"
                        + " a stability index of at most 0.25");
        assertThat(tiny.store().manifest("all").dataVersion()).isEqualTo(first);

        IngestResult warned = tiny.ingest("");
        assertThat(warned.report())
                .contains("warning: base rate of clicked of pipeline all: 0.2747; allowed: a stability index of at most"
                        + " 0.25");
        assertThat(tiny.store().manifest("all").dataVersion()).isNotEqualTo(first);
        assertThat(Files.exists(Path.of(tiny.warehouse()))).isTrue();
    }

    @Test
    void theStabilityIndexIsTheSymmetricRelativeEntropy() {
        assertThat(DataDrift.index(0.5, 0.75)).isCloseTo(0.25 * Math.log(1.5) - 0.25 * Math.log(0.5), within(1e-12));
        assertThat(DataDrift.index(0.3, 0.3)).isZero();
        assertThat(DataDrift.index(0.1, 0.2)).isCloseTo(DataDrift.index(0.2, 0.1), within(1e-12));
        assertThat(DataDrift.index(0, 0.1)).isFinite().isGreaterThan(1);
    }

    @Test
    void wrongRulesAreRefusedTogether() {
        Tiny tiny = new Tiny(folder);
        assertThatThrownBy(
                        () -> tiny.ingest(
                                "input.contract {max-bad-share = 1, rows {a = \"\"},"
                                        + " table {b {sql = \"count(1)\"}, c {sql = \"avg(price)\", min = 2, max = 1}}, drift.breach = no}"))
                .isInstanceOfSatisfying(InvalidInputException.class, wrong -> assertThat(wrong.problems())
                        .hasSize(5)
                        .anyMatch(problem -> problem.startsWith("input.contract.max-bad-share is 1"))
                        .anyMatch(problem -> problem.startsWith("input.contract.table.b has min"))
                        .anyMatch(problem -> problem.startsWith("input.contract.drift.breach is \"no\"")));
        assertThatThrownBy(() -> tiny.ingest("input.contract {rows {a = \"price\", b = \"colour > 1\"},"
                        + " table.c {sql = \"max(item)\", min = 0}}"))
                .isInstanceOfSatisfying(InvalidInputException.class, wrong -> assertThat(wrong.problems())
                        .hasSize(3)
                        .anyMatch(problem -> problem.startsWith("input.contract.rows.a is \"price\", of type DOUBLE"))
                        .anyMatch(problem -> problem.contains("no column colour"))
                        .anyMatch(problem -> problem.startsWith("input.contract.table.c.sql")));
    }
}
