package dev.smt.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.jobs.representative.Attribute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A wrong call or configuration is refused before any work: exit code 2, all problems in words, nothing written. */
class BadConfigurationTest {
    private static final String VALID =
            """
            warehouse = "%s"
            input {
              logs = [{path = "nowhere", format = parquet}]
              time = time
              split {validation-from = "2026-01-10", test-from = "2026-01-11"}
              unit = user
              labels {click = click}
              features {user {type = id, side = user}}
            }
            pipelines {by = [surface]}
            fleet.table {path = "nowhere", format = parquet}
            """;

    @TempDir
    private Path folder;

    private Path warehouse;
    private Path file;

    @BeforeEach
    void writeConfiguration() throws IOException {
        warehouse = folder.resolve("warehouse");
        file = Files.writeString(folder.resolve("smt.conf"), VALID.formatted(warehouse));
    }

    @Test
    void aMissingFile() {
        CommandRun.of("cycle", "--conf", "no/such.conf")
                .refusesInput("configuration file \"no/such.conf\" does not exist; give one with --conf");
    }

    @Test
    void aFileThatIsNotHocon() throws IOException {
        Files.writeString(file, "mmo { trials = 3");
        CommandRun.of("cycle", "--conf", file.toString())
                .refusesInput(
                        "1 problem:\n  - configuration is not valid HOCON: " + file + ": 1: Expecting close brace");
    }

    @Test
    void aReferenceToNothing() throws IOException {
        Files.writeString(file, "data = ${nowhere}");
        CommandRun.of("cycle", "--conf", file.toString()).refusesInput(file + ": 1: Could not resolve", "${nowhere}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "surprise=1 | unknown key surprise; known here: ",
                "mmo.trails=4 | unknown key mmo.trails; known here: ",
                "importance.top-k.numbers=4 | unknown key importance.top-k.numbers; known here: ",
                "mmo.techniques=[magic] | mmo.techniques is \"magic\"; allowed: batch-size, ",
                "evaluation.segments=[tab] | evaluation.segments is \"tab\"; allowed: a feature of input.features with one id"
                        + " per row: user",
                "mmo.alpha=-0.1 | mmo.alpha is -0.1; allowed: a number, 0 or more (percent NE)",
                "mmo.epsilon=1.1 | mmo.epsilon is 1.1; allowed: a number, 0 to 1",
                "mmo.epsilon=much | mmo.epsilon is \"much\"; allowed: a number, 0 to 1",
                "mmo.trials=0 | mmo.trials is 0; allowed: a whole number, 1 or more",
                "mmo=4 | mmo is 4; allowed: an object {...}",
                "warehouse=null | warehouse is missing; expected: a text",
                "representatives.k=-1 | representatives.k is -1; allowed: a whole number, 0 (the elbow decides) or more",
                "mmo.trials | --set is \"mmo.trials\"; allowed: key=value",
                "=4 | --set is \"=4\"; allowed: key=value",
                "spark.master=[a] | spark.master is [a]; allowed: a text",
            })
    void aWrongValue(String setting, String message) {
        cycle(setting).refusesInput("1 problem:\n  - " + message);
        assertThat(warehouse).doesNotExist();
    }

    @Test
    void attributeWeightsThatSumToZero() {
        cycle(Arrays.stream(Attribute.values())
                        .map(attribute -> "representatives.weights." + attribute.key() + "=0")
                        .toArray(String[]::new))
                .refusesInput("representatives.weights are all 0, so they sum to 0; allowed: at least one above 0");
        assertThat(warehouse).doesNotExist();
    }

    @Test
    void allProblemsAtOnce() {
        CommandRun run =
                cycle("mmo.alpha=-1", "mmo.epsilon=2", "mmo.techniques=[magic]", "surprise=1", "input.unit=null");
        run.refusesInput("mmo.alpha", "mmo.epsilon", "\"magic\"", "unknown key surprise", "input.unit is missing");
        assertThat(run.err().lines()).first().isEqualTo("5 problems:");
        assertThat(run.err().lines().skip(1)).hasSize(5).allMatch(line -> line.startsWith("  - "));
        assertThat(warehouse).doesNotExist();
    }

    static Stream<List<String>> wrongCalls() {
        return Stream.of(
                List.of("Unmatched argument at index 0: 'frobnicate'\nTry: smt --help", "frobnicate"),
                List.of(
                        "Unknown option: '--frobnicate'\nTry: smt cycle --help",
                        "cycle",
                        "--conf",
                        "a",
                        "--frobnicate"),
                List.of("Missing required option: '--conf=FILE'\nTry: smt mmo --help", "mmo"),
                List.of("Missing required subcommand\nTry: smt --help"),
                List.of("Missing required subcommand\nTry: smt template --help", "template"),
                List.of("Missing required parameter: 'QUERY'\nTry: smt sql --help", "sql", "--conf", "a"),
                List.of("expected one of [table, csv, json]", "sql", "--conf", "a", "--format", "xml", "SELECT 1"),
                List.of(
                        "--output is \"no/such/folder/a.conf\", whose folder does not exist; make it first",
                        "init",
                        "--input",
                        "a.csv",
                        "--output",
                        "no/such/folder/a.conf"),
                List.of(
                        "--cost-per-hour is given without --dry-run; leave it out, or add --dry-run",
                        "cycle",
                        "--conf",
                        "../conf/demo.conf",
                        "--cost-per-hour",
                        "2"),
                List.of("there is no technique \"magic\"; allowed: batch-size, ", "technique", "show", "magic"));
    }

    @ParameterizedTest
    @MethodSource("wrongCalls")
    void aWrongCall(List<String> messageAndArguments) {
        CommandRun.of(messageAndArguments.stream().skip(1).toArray(String[]::new))
                .refusesInput(messageAndArguments.get(0));
    }

    private CommandRun cycle(String... settings) {
        return CommandRun.of(Stream.concat(
                        Stream.of("cycle", "--conf", file.toString()),
                        Arrays.stream(settings).flatMap(setting -> Stream.of("--set", setting)))
                .toArray(String[]::new));
    }
}
