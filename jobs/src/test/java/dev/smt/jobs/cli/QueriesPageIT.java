package dev.smt.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.jobs.table.ReadOnlyQuery;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/queries.md and the notebooks keep their promises on a finished cycle. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueriesPageIT {
    private static final Path PAGE = Path.of("../docs/queries.md");
    private static final Path NOTEBOOKS = Path.of("../notebooks");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private Session session;

    /** A question of the page: its query, the columns that it claims, and whether there may be no rows. */
    private record Question(String title, String query, List<String> columns, boolean mayBeEmpty) {
        static Question of(String section) {
            String query = between(section, "```sql\n", "\n```");
            List<String> columns = CODE.matcher(between(section, "\nColumns: ", "\n\n"))
                    .results()
                    .map(match -> match.group(1))
                    .distinct()
                    .toList();
            return new Question(
                    section.lines().findFirst().orElseThrow(), query, columns, section.contains("\nMay be empty: "));
        }

        private static String between(String text, String start, String end) {
            int from = text.indexOf(start);
            assertThat(from).as("\"%s\" in%n%s", start, text).isNotNegative();
            return text.substring(from + start.length(), text.indexOf(end, from + start.length()));
        }

        @Override
        public String toString() {
            return title;
        }
    }

    static List<Question> questions() throws IOException {
        return Pattern.compile("(?ms)^### (.*?)(?=^##|\\z)")
                .matcher(Files.readString(PAGE) + "\n")
                .results()
                .map(MatchResult::group)
                .map(section -> Question.of(section.substring("### ".length())))
                .toList();
    }

    @BeforeAll
    void openTheFinishedWarehouse() {
        // So few rows: compiling a query takes longer than running it.
        List<String> settings = List.of(
                TinyWorld.warehouse(TinyWorld.finished()),
                "spark.sql.codegen.wholeStage=false",
                "spark.sql.codegen.factoryMode=NO_CODEGEN");
        SmtConfiguration configuration =
                SmtConfiguration.load(TinyWorld.configuration().toFile(), settings);
        session = Session.open(configuration, Settings.of(configuration), new PrintWriter(System.err));
    }

    @AfterAll
    void close() {
        session.close();
    }

    @ParameterizedTest
    @MethodSource("questions")
    void aQueryGivesTheColumnsThatThePageNames(Question question) {
        Dataset<Row> rows = ReadOnlyQuery.rows(session.context().warehouse(), question.query());
        assertThat(rows.columns()).containsExactlyInAnyOrder(question.columns().toArray(String[]::new));
        List<Row> collected = rows.collectAsList();
        if (!question.mayBeEmpty()) {
            assertThat(collected).isNotEmpty();
        }
    }

    static List<Path> notebooks() throws IOException {
        try (Stream<Path> files = Files.list(NOTEBOOKS)) {
            return files.filter(file -> file.toString().endsWith(".ipynb"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void aNotebookIsStoredExecutedAndItsQueriesKnowTheTables(Path notebook) throws IOException {
        StringBuilder code = new StringBuilder();
        for (JsonNode cell : ResultTables.parsed(Files.readString(notebook)).get("cells")) {
            if (cell.get("cell_type").asText().equals("code")) {
                assertThat(cell.get("execution_count").isInt()).as("%s", cell).isTrue();
                assertThat(cell.findValuesAsText("output_type")).doesNotContain("error", "stream");
                cell.get("source").forEach(line -> code.append(line.asText()));
            }
        }
        List<String> queries = Pattern.compile("(?s)\"\"\"\\s*((?:SELECT|WITH) .*?)\"\"\"")
                .matcher(code)
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(queries).hasSizeGreaterThan(3);
        queries.forEach(query -> assertThat(
                        ReadOnlyQuery.rows(session.context().warehouse(), query).columns())
                .isNotEmpty());
    }
}
