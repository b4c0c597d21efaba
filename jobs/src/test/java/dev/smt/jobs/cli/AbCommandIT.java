package dev.smt.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command {@code ab} as it is typed: files of every kind, all formats, the table, and wrong calls. */
class AbCommandIT {
    /** R's data set sleep (Student 1908), whose Welch interval R's manual prints: -3.3654832 to 0.2054832. */
    private static final double[][] SLEEP = {
        {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0},
        {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4}
    };

    @TempDir
    private Path folder;

    @Test
    void aCompressedCsvFileAsJson() throws IOException {
        CommandRun run =
                ab(sleepCsv(), "--control", "group2", "--format", "json").succeeds();
        JsonNode row = ResultTables.parsed(run.out().strip());
        assertThat(row.get("arm").asText()).isEqualTo("group1");
        assertThat(row.get("lift_low").asDouble()).isCloseTo(-3.3654832, within(5e-8));
        assertThat(row.get("lift_high").asDouble()).isCloseTo(0.2054832, within(5e-8));
        assertThat(row.get("p_value").asDouble()).isCloseTo(0.07939, within(5e-6));
        assertThat(row.get("verdict").asText()).isEqualTo("the data can't tell");
        assertThat(row.has("run_id")).isFalse();
    }

    @Test
    void inWordsAndAsCsv() throws IOException {
        Path input = sleepCsv();
        assertThat(ab(input).succeeds().out().lines())
                .startsWith(
                        "group2 against group1, extra; intervals of 95 %",
                        "  units: 10 against 10; sample ratio: p = 1.00, as planned")
                .endsWith("  the data can't tell: the interval of the difference contains 0");
        List<String> csv = ab(input, "--format", "csv").succeeds().out().lines().toList();
        assertThat(csv).hasSize(2);
        assertThat(csv.get(0)).startsWith("experiment,arm,control,metric,estimator,decides,units,");
        assertThat(csv.get(1)).startsWith(",group2,group1,extra,welch,true,10,10,2.3");
    }

    @Test
    void jsonLinesOfLoggedChoices() throws IOException {
        Path input = Files.write(
                folder.resolve("log.jsonl"),
                IntStream.range(0, 4000)
                        .mapToObj(i -> "{\"item\": " + i % 4 + ", \"click\": " + (i % 4 == 3 || i % 9 == 0 ? 1 : 0)
                                + ", \"p\": 0.25}")
                        .toList());
        CommandRun run = CommandRun.of(
                        "ab",
                        "--logged",
                        "--input",
                        input.toString(),
                        "--action",
                        "item",
                        "--reward",
                        "click",
                        "--propensity",
                        "p",
                        "--target-propensity",
                        "if(item = 3, 0.7, 0.1)")
                .succeeds();
        assertThat(run.out().lines())
                .contains("target policy against logging policy, click; intervals of 95 %")
                .anyMatch(line -> line.startsWith("  snips  0.73"))
                .endsWith("  higher");
    }

    @Test
    void theTableOfAWarehouseKeepsTheSameResultsOnce() throws IOException {
        Path warehouse = TinyWorld.fresh("ab-results");
        Path input = sleepCsv();
        for (int i = 0; i < 2; i++) {
            CommandRun run = ab(
                    input,
                    "--offline",
                    "0.3",
                    "--format",
                    "csv",
                    "--conf",
                    TinyWorld.configuration().toString(),
                    "--set",
                    TinyWorld.warehouse(warehouse));
            assertThat(run.exitCode()).isZero();
            assertThat(run.out().lines()).hasSize(2);
            assertThat(run.err()).contains(i == 0 ? "1 results kept" : "ab: already done");
        }
        List<JsonNode> rows = ResultTables.query(
                warehouse, "SELECT e.*, r.command FROM experiments e JOIN runs r ON e.run_id = r.run_id");
        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.get("command").asText()).isEqualTo("ab");
            assertThat(row.get("offline_delta").asDouble()).isEqualTo(0.3);
            assertThat(row.get("lift").asDouble()).isCloseTo(1.58, within(1e-12));
        });
    }

    @Test
    void aDeltaTable() throws IOException {
        Path warehouse = TinyWorld.fresh("ab-delta");
        ab(sleepCsv(), "--conf", TinyWorld.configuration().toString(), "--set", TinyWorld.warehouse(warehouse));
        CommandRun run = CommandRun.of(
                "ab",
                "--input",
                warehouse.resolve("experiments").toString(),
                "--unit",
                "run_id",
                "--arm",
                "arm",
                "--metric",
                "lift");
        run.refusesInput("--arm has only the value \"group2\"; allowed: two arms or more");
    }

    @Test
    void allWrongOptionsAtOnce() {
        CommandRun.of(
                        "ab",
                        "--input",
                        "nowhere.csv",
                        "--reward",
                        "r",
                        "--level",
                        "2",
                        "--shares",
                        "A=0",
                        "--set",
                        "a=1")
                .refusesInput(
                        "7 problems:",
                        "--unit is missing; expected: a column",
                        "--arm is missing",
                        "--metric is missing",
                        "--reward belongs to logged choices; add --logged or leave it out",
                        "--level is 2.0; allowed: a number above 0, below 1",
                        "--shares is A=0.0; allowed: numbers above 0",
                        "--set is given without --conf");
        CommandRun.of("ab", "--logged", "--input", "x.csv", "--arm", "a", "--prediction", "f", "--clip", "0")
                .refusesInput(
                        "6 problems:",
                        "--reward is missing",
                        "--propensity is missing",
                        "--target-propensity is missing",
                        "--arm belongs to an A/B test; leave it or --logged out",
                        "--prediction and --target-prediction belong together",
                        "--clip is 0.0; allowed: a number above 0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nowhere.csv | --input is \"nowhere.csv\"; allowed: an existing file, folder or pattern",
                "nowhere | --input is \"nowhere\"; allowed: a file, folder or pattern of Parquet, CSV",
            })
    void anInputThatIsNotThere(String input, String message) {
        ab(Path.of(input)).refusesInput(message);
    }

    @Test
    void aControlThatIsNoArm() throws IOException {
        ab(sleepCsv(), "--control", "C", "--shares", "group1=1,C=1")
                .refusesInput(
                        "2 problems:",
                        "--control is \"C\"; allowed: one of the arms group1, group2",
                        "--shares are of the arms C, group1; allowed: a share for each of group1, group2");
    }

    private static CommandRun ab(Path input, String... more) {
        return CommandRun.of(Stream.concat(
                        Stream.of(
                                "ab",
                                "--input",
                                input.toString(),
                                "--unit",
                                "id",
                                "--arm",
                                "group",
                                "--metric",
                                "extra"),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private Path sleepCsv() throws IOException {
        StringBuilder text = new StringBuilder("id,group,extra\n");
        for (int group = 0; group < 2; group++) {
            for (int i = 0; i < 10; i++) {
                text.append(10 * group + i).append(",group").append(group + 1);
                text.append(',').append(SLEEP[group][i]).append('\n');
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream compressed = new GZIPOutputStream(bytes)) {
            compressed.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        return Files.write(folder.resolve("sleep.csv.gz"), bytes.toByteArray());
    }
}
