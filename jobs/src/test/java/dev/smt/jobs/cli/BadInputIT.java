package dev.smt.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that only the data or the warehouse can show to be wrong: exit code 2, in words, and no results. */
class BadInputIT {
    @Test
    void aWarehouseBelowAFile() throws IOException {
        Path file = Files.writeString(TinyWorld.fresh("a-file"), "in the way");
        CommandRun.onTinyWorld(List.of("ingest"), TinyWorld.warehouse(file.resolve("warehouse")))
                .refusesInput("warehouse is \"" + file + "/warehouse\", which can't be written");
        assertThat(file).hasContent("in the way");
    }

    @Test
    void aStepBeforeItsInputs() {
        Path warehouse = TinyWorld.fresh("empty");
        CommandRun.onTinyWorld(List.of("mmo"), TinyWorld.warehouse(warehouse))
                .refusesInput("has no finished run of \"ingest\"; run it first: smt ingest --conf "
                        + TinyWorld.configuration());
        assertThat(names(warehouse)).isEmpty();
    }

    @Test
    void encodedExamplesThatAreDamagedAreRefusedAndIngestMendsThem() throws IOException {
        Path warehouse = TinyWorld.copyBeforeMmo("damaged");
        List<Path> files;
        try (Stream<Path> all = Files.walk(warehouse.resolve("encoded"))) {
            files = all.filter(file -> file.endsWith("train.smtx")).toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            byte[] content = Files.readAllBytes(file);
            content[content.length / 2] ^= 1;
            Files.write(file, content);
        }
        CommandRun.onTinyWorld(List.of("mmo"), TinyWorld.warehouse(warehouse))
                .refusesInput("train.smtx", "run ingest again");

        assertThat(CommandRun.onTinyWorld(List.of("ingest"), TinyWorld.warehouse(warehouse))
                        .succeeds()
                        .out())
                .contains("but files of it are missing or damaged; it is done again");
        for (Path file : files) {
            assertThat(file).hasSameBinaryContentAs(TinyWorld.beforeMmo().resolve(warehouse.relativize(file)));
        }
        assertThat(CommandRun.onTinyWorld(List.of("ingest"), TinyWorld.warehouse(warehouse))
                        .succeeds()
                        .out())
                .contains("ingest: already done (run ")
                .doesNotContain("damaged");
    }

    @Test
    void moreClustersThanModels() {
        Path warehouse = TinyWorld.copyBeforeMmo("too-many-clusters");
        CommandRun.onTinyWorld(List.of("representatives"), TinyWorld.warehouse(warehouse), "representatives.k=11")
                .refusesInput("representatives.k is 11; allowed: at most 10, the number of eligible models");
        List<JsonNode> runs = ResultTables.query(
                warehouse, "SELECT DISTINCT run_id FROM representatives UNION ALL SELECT run_id FROM cluster_elbow");
        assertThat(runs).as("those of the run before").hasSize(2);
        assertThat(ResultTables.query(
                        warehouse, "SELECT error FROM runs WHERE command = 'representatives' AND status = 'FAILED'"))
                .singleElement()
                .satisfies(row -> assertThat(row.get("error").asText()).contains("representatives.k is 11"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "input.logs=[{path = nowhere/events, format = parquet}] | nowhere/events | input.logs",
                "input.labels.click=request_time | input.labels.click | 0 or 1",
                "input.unit=no_such_column | no_such_column | input.unit",
            })
    void rawDataThatCannotBeRead(String setting, String what, String where) {
        Path warehouse = TinyWorld.fresh("bad-data-" + where.replaceAll("\\W", "-"));
        CommandRun.onTinyWorld(List.of("ingest"), TinyWorld.warehouse(warehouse), setting)
                .refusesInput(what, where);
        assertThat(names(warehouse)).isSubsetOf("runs");
    }

    @Test
    void aFleetWithoutWeight() throws IOException {
        Path file = Files.writeString(
                TinyWorld.fresh("weightless.conf"),
                """
                include file("%s")
                fleet = null
                fleet {
                  constraints {full {}}
                  grid {
                    labels = [click]
                    attributes {
                      stage = "'ranking'", surface = surface, data-constraint = "'full'", hardware = "'cpu'"
                      template = "'sparse-nn-medium'", flops = "1e6", weight = "0"
                    }
                  }
                }
                """
                        .formatted(TinyWorld.configuration()));
        Path warehouse = TinyWorld.fresh("weightless");
        CommandRun.of("ingest", "--conf", file.toString(), "--set", TinyWorld.warehouse(warehouse))
                .refusesInput(
                        "fleet: the weights of all 2 models are 0, so they sum to 0; allowed: at least one above 0");
        assertThat(names(warehouse)).isSubsetOf("runs");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELEKT 1 | PARSE_SYNTAX_ERROR",
                "SELECT * FROM trails | TABLE_OR_VIEW_NOT_FOUND",
                "SELECT no_such FROM trials | UNRESOLVED_COLUMN",
            })
    void aQueryThatIsNotValid(String query, String message) {
        sql(query).refusesInput("query is not valid: ", message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO delta.`%s/trials` SELECT * FROM trials",
                "WITH t AS (SELECT * FROM trials) INSERT INTO delta.`%s/trials` SELECT * FROM t",
                "FROM trials INSERT INTO delta.`%s/trials` SELECT * INSERT INTO delta.`%1$s/trials` SELECT *",
                "DELETE FROM delta.`%s/trials`",
                "UPDATE delta.`%s/trials` SET mu = 0",
                "DROP TABLE trials",
                "CREATE TABLE delta.`%s/mine` (a INT) USING delta",
                "CREATE TABLE delta.`%s/mine` USING delta AS SELECT 1 AS a",
                "INSERT OVERWRITE DIRECTORY '%s/mine' USING parquet SELECT 1",
                "BEGIN DELETE FROM delta.`%s/trials`; END",
                "EXECUTE IMMEDIATE 'DELETE FROM delta.`%s/trials`'",
                "SET spark.sql.ansi.enabled = false",
                "SELECT java_method('java.lang.System', 'getenv', 'HOME')",
                "SELECT * FROM trials WHERE upper(reflect('java.lang.System', 'getenv', 'HOME')) = ''",
            })
    void aStatementThatIsNotAQuery(String statement) {
        Path warehouse = Attacked.WAREHOUSE;
        CommandRun.onTinyWorld(List.of("sql", statement.formatted(warehouse)), TinyWorld.warehouse(warehouse))
                .refusesInput("allowed: a SELECT that changes nothing");
        assertThat(warehouse.resolve("mine")).doesNotExist();
        assertThat(names(warehouse.resolve("trials/_delta_log")))
                .isEqualTo(names(TinyWorld.finished().resolve("trials/_delta_log")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "show sparse-nn-medium@9 | template sparse-nn-medium has no version 9; published: 1, 2",
                "diff sparse-nn-medium@1 sparse-nn-medium@9 | template sparse-nn-medium has no version 9; published: 1, 2",
                "show sparse-nn-medium | template version is \"sparse-nn-medium\"; allowed: NAME@NUMBER, such as ",
                "show sparse-nn-medium@0 | template version is \"sparse-nn-medium@0\"; allowed: NAME@NUMBER, such as ",
                "show dense-nn@1 | there is no template \"dense-nn\"; allowed: decoupled-sparse-nn-large, ",
            })
    void aTemplateVersionThatIsNotThere(String command, String message) {
        CommandRun.onTinyWorld(
                        Stream.concat(Stream.of("template"), Stream.of(command.split(" ")))
                                .toList(),
                        TinyWorld.warehouse(TinyWorld.finished()))
                .refusesInput(message);
    }

    private static CommandRun sql(String query) {
        return CommandRun.onTinyWorld(List.of("sql", query), TinyWorld.warehouse(TinyWorld.finished()));
    }

    /** What is in a folder, but for what the program keeps beside the tables. */
    private static List<String> names(Path folder) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("_") && !name.startsWith("._"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static final class Attacked {
        static final Path WAREHOUSE = TinyWorld.copyOfFinished("attacked");
    }
}
