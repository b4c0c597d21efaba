package dev.smt.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smt.jobs.table.ModelIterationRow;
import dev.smt.jobs.table.TrialRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code smt report} of a finished cycle; its pages in a browser where there is one. */
class ReportIT {
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"report-data\">(.*?)</script>", Pattern.DOTALL);
    private static final Pattern FOUND = Pattern.compile("<pre id=\"found\">(.*?)</pre>", Pattern.DOTALL);
    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");
    private static final int LONGEST_SECONDS = 120;

    /** Visits all pages, and writes what it met there where a dump of the document shows it. */
    private static final String VISITOR =
            """
            <script>
            const found = {errors: [], pages: {}};
            window.addEventListener('error', (event) => found.errors.push(event.message));
            const error = console.error;
            console.error = (...some) => { found.errors.push(some.join(' ')); error(...some); };
            const pages = [...document.querySelectorAll('nav a')].map((link) => link.hash);
            const visit = (i) => {
              if (i === pages.length) {
                found.hacked = Boolean(window.hacked);
                document.body.append(Object.assign(document.createElement('pre'), {id: 'found', textContent: JSON.stringify(found)}));
                return;
              }
              location.hash = pages[i];
              setTimeout(() => {
                document.querySelectorAll('.tools button[aria-expanded]').forEach((button) => button.click());
                found.pages[pages[i]] = {
                  marks: [...document.querySelectorAll('.chart')].map((chart) => echarts.getInstanceByDom(chart).getZr().storage.getDisplayList().length),
                  rows: document.querySelectorAll('tbody tr').length, text: document.querySelector('main').innerText,
                };
                visit(i + 1);
              }, 50);
            };
            visit(0);
            </script>
            """;

    @TempDir
    private static Path folder;

    private static String html;
    private static JsonNode data;

    @BeforeAll
    static void writeTheReport() throws IOException {
        Path file = folder.resolve("report.html");
        CommandRun run = CommandRun.onTinyWorld(
                        List.of("report", "--output", file.toString()), TinyWorld.warehouse(TinyWorld.finished()))
                .succeeds();
        assertThat(run.out()).startsWith("report: " + file + " (1.");
        html = Files.readString(file);
        Matcher found = DATA.matcher(html);
        assertThat(found.find()).isTrue();
        data = ResultTables.parsed(found.group(1));
    }

    @Test
    void itsRowsAreThoseOfTheTables() {
        JsonNode tables = data.get("tables");
        assertThat(tables.at("/trials/rows").asInt())
                .isEqualTo(ResultTables.finished().of(TrialRow.TABLE).size());
        List<JsonNode> iterations = ResultTables.finished().of(ModelIterationRow.TABLE);
        assertThat(tables.at("/iterations/rows").asInt()).isEqualTo(iterations.size());
        assertThat(tables.at("/cycles/columns/shipped/0").asInt()).isEqualTo((int) iterations.stream()
                .filter(row -> row.get("outcome").asText().equals("SHIPPED"))
                .count());
        assertThat(tables.at("/cycles/columns/study_id/texts/0").asText()).startsWith("study-");
        assertThat(tables.at("/slices/rows").asInt()).isGreaterThan(2);
    }

    @Test
    void everyPageDrawsItsChartsWithoutAnError() throws Exception {
        JsonNode found = visited(html);
        assertThat(found.get("errors")).isEmpty();
        for (String page :
                List.of("#summary", "#fleet", "#features", "#techniques", "#technique", "#templates", "#models")) {
            assertThat(found.at("/pages/" + page + "/marks"))
                    .as(page)
                    .isNotEmpty()
                    .allSatisfy(marks -> assertThat(marks.asInt()).isGreaterThan(10));
        }
        assertThat(found.at("/pages/#runs/rows").asInt()).isGreaterThanOrEqualTo(9);
        assertThat(found.at("/pages/#study/text").asText()).contains("Performance of each cycle (Table 3)");
    }

    @Test
    void namesAreShownAndDoNothing() throws Exception {
        String hostile = "<img src=x onerror=window.hacked=1>";
        String model = ResultTables.finished()
                .of(ModelIterationRow.TABLE)
                .get(0)
                .get("model_id")
                .asText();
        JsonNode found = visited(html.replace("\"" + model + "\"", "\"" + hostile.replace("<", "\\u003c") + "\""));
        assertThat(found.get("hacked").asBoolean()).isFalse();
        assertThat(found.get("errors")).isEmpty();
        assertThat(found.at("/pages/#models/text").asText()).contains(hostile);
    }

    @Test
    void aFolderThatIsNotThereIsRefusedBeforeTheWork() {
        CommandRun.onTinyWorld(
                        List.of(
                                "report",
                                "--output",
                                folder.resolve("none/report.html").toString()),
                        TinyWorld.warehouse(TinyWorld.finished()))
                .refusesInput("--output is \"", "allowed: a file in a folder that is there");
    }

    private static JsonNode visited(String page) throws Exception {
        Optional<String> browser = browser();
        assumeThat(browser).as("a browser on the PATH: one of " + BROWSERS).isPresent();
        int end = page.lastIndexOf("</body>");
        Path file = Files.writeString(
                folder.resolve("visited.html"), page.substring(0, end) + VISITOR + page.substring(end));
        Path dump = folder.resolve("dump.html");
        List<String> command =
                new ArrayList<>(List.of(browser.get(), "--headless=new", "--no-sandbox", "--disable-gpu"));
        command.addAll(List.of("--user-data-dir=" + folder.resolve("profile"), "--virtual-time-budget=20000"));
        command.addAll(
                List.of("--window-size=1440,900", "--dump-dom", file.toUri().toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(dump.toFile())
                .start();
        try {
            assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        Matcher found = FOUND.matcher(Files.readString(dump));
        assertThat(found.find()).as("the visit ended").isTrue();
        return ResultTables.parsed(
                found.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"));
    }

    private static Optional<String> browser() {
        return BROWSERS.stream()
                .filter(name -> Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, name))))
                .findFirst();
    }
}
