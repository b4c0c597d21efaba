package dev.smt.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smt.template.Template;
import dev.smt.template.TemplateJson;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

/** What a finished cycle left, through the commands that read it. */
class CatalogCommandsIT {
    @Test
    void templateListNamesEveryVersionWithItsTechniques() {
        String out = onFinished("template", "list");
        assertThat(out.lines().skip(1).map(line -> line.split("\\s+")[0] + " " + line.split("\\s+")[1]))
                .contains(
                        "decoupled-sparse-nn-medium@1 built-in",
                        "sparse-nn-medium@1 built-in",
                        "sparse-nn-medium@2 feature-selection",
                        "sparse-nn-medium@3 integration");
        assertThat(out.lines().filter(line -> line.startsWith("sparse-nn-medium@3")))
                .singleElement()
                .asString()
                .contains("label-smoothing");
    }

    @Test
    void templateShowPrintsItsJson() {
        Template shown = TemplateJson.read(onFinished("template", "show", "sparse-nn-medium@3"));
        assertThat(shown.name()).isEqualTo("sparse-nn-medium");
        assertThat(shown.techniques()).contains("label-smoothing");
    }

    @Test
    void templateDiffNamesTheTechniqueBehindAField() {
        String out = onFinished("template", "diff", "sparse-nn-medium@2", "sparse-nn-medium@3");
        assertThat(out.lines().filter(line -> line.contains("label-smoothing")))
                .first()
                .asString()
                .matches("\\S+: .* -> .* {3}\\(label-smoothing added\\)");
        assertThat(onFinished("template", "diff", "sparse-nn-medium@2", "sparse-nn-medium@2"))
                .isEqualTo("no difference\n");
    }

    @Test
    void sqlPrintsJson() {
        List<JsonNode> rows = onFinished("sql", "--format", "json", "SELECT 1 AS a, 'x' AS b")
                .lines()
                .map(ResultTables::parsed)
                .toList();
        assertThat(rows).containsExactly(ResultTables.parsed("{\"a\":1,\"b\":\"x\"}"));
    }

    @Test
    void sqlPrintsCsvWithQuotesListsTimesAndRepeatedNames() {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
        try {
            assertThat(onFinished(
                            "sql",
                            "--format",
                            "csv",
                            "SELECT 'a,\"b\"' AS x, array(1.5D, 2D) AS l, timestamp '2026-01-05 00:00:00' AS t,"
                                    + " null AS n, 1 AS x"))
                    .isEqualTo("x,l,t,n,x\n\"a,\"\"b\"\"\",\"[1.5, 2.0]\",2026-01-05 00:00:00,,1\n");
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void sqlPrintsAnAlignedTable() {
        assertThat(onFinished("sql", "SELECT * FROM VALUES ('a', 0.123456789D), ('long', null) AS t(name, v)"))
                .isEqualTo(
                        """
                        name  v
                        a     0.12346
                        long
                        (2 rows)
                        """);
    }

    private static String onFinished(String... command) {
        CommandRun run = CommandRun.onTinyWorld(List.of(command), TinyWorld.warehouse(TinyWorld.finished()))
                .succeeds();
        assertThat(run.err()).isEmpty();
        return run.out();
    }
}
