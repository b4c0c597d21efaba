package dev.smt.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smt.template.Template;
import dev.smt.template.TemplateCatalog;
import dev.smt.template.TemplateJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        assertThat(out.lines().filter(line -> line.contains(" built-in ")))
                .hasSize(TemplateCatalog.builtIn().size());
        assertThat(out.lines().filter(line -> line.startsWith("sparse-nn-large")))
                .as("no version is published of a template that serves no model")
                .hasSize(1);
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
                .matches("\\S+: .* -> .* {3}\\(label-smoothing added in version 3\\)");
        assertThat(onFinished("template", "diff", "sparse-nn-medium@2", "sparse-nn-medium@2"))
                .isEqualTo("no difference\n");
    }

    @Test
    void templateExportWritesTheTextThatTheHashIsOver(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("exported.json");
        String out = onFinished(
                "template", "export", "sparse-nn-medium", "--output", file.toString(), "--form", "canonical");
        String canonical = Files.readString(file);
        assertThat(TemplateJson.write(TemplateJson.read(canonical))).isEqualTo(canonical);
        assertThat(out)
                .isEqualTo("sparse-nn-medium@3 (hash " + TemplateJson.hash(TemplateJson.read(canonical))
                        + ") written to " + file + "\n");
    }

    @Test
    void templateRollbackPublishesANewVersionAndIsARun() {
        Path warehouse = TinyWorld.copyOfFinished("rolled-back");
        CommandRun rollback = CommandRun.onTinyWorld(
                        List.of("template", "rollback", "sparse-nn-medium", "--to", "2"),
                        TinyWorld.warehouse(warehouse))
                .succeeds();
        assertThat(rollback.out())
                .contains("sparse-nn-medium@4 published with the content of version 2", "template_versions");
        assertThat(ResultTables.query(
                        warehouse,
                        "SELECT a.cause, a.parent_version, a.spec_hash = b.spec_hash AS same, r.status"
                                + " FROM template_versions a JOIN template_versions b ON a.template = b.template"
                                + " JOIN runs r ON r.run_id = a.run_id"
                                + " WHERE a.template = 'sparse-nn-medium' AND a.version = 4 AND b.version = 2"))
                .containsExactly(ResultTables.parsed(
                        "{\"cause\":\"rollback-to-v2\",\"parent_version\":3,\"same\":true,\"status\":\"DONE\"}"));
    }

    @Test
    void fleetCoverageAndValidateReadTheConfiguredFleet(@TempDir Path folder) {
        Path drawing = folder.resolve("bands.svg");
        assertThat(onFinished("fleet", "coverage", "--output", drawing.toString()))
                .contains(TinyWorld.MODELS + " models: " + TinyWorld.MODELS + " have one template each, 0 have none");
        assertThat(drawing).content().startsWith("<svg ");
        assertThat(onFinished("fleet", "coverage", "--format", "csv").lines())
                .hasSize(1 + TinyWorld.MODELS)
                .first()
                .isEqualTo("model_id,ranking_stage,hardware,flops,configured_template,template,reason");
        assertThat(onFinished("fleet", "validate")).startsWith("the fleet is valid: models: " + TinyWorld.MODELS);
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
