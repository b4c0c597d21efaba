package dev.smt.jobs.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.smt.jobs.TestSpark;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.jobs.run.Progress;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.StepRunner;
import dev.smt.jobs.table.RunRow;
import dev.smt.jobs.table.TemplateVersionRow;
import dev.smt.jobs.table.Warehouse;
import dev.smt.technique.Technique;
import dev.smt.technique.Techniques;
import dev.smt.template.Template;
import dev.smt.template.TemplateCatalog;
import dev.smt.template.TemplateJson;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedTemplatesTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    private static final Template BUILT_IN = TemplateCatalog.builtIn().get(0);
    private static final String NAME = BUILT_IN.name();

    @TempDir
    private Path folder;

    private Warehouse warehouse;

    @BeforeEach
    void open() {
        warehouse = Warehouse.open(TestSpark.session(), folder.toString());
    }

    @Test
    void anEmptyWarehouseHasTheBuiltInTemplatesAsVersionOneAndReadingWritesNothing() {
        PublishedTemplates templates = new PublishedTemplates(warehouse, CLOCK);
        assertThat(templates.names())
                .isEqualTo(TemplateCatalog.builtIn().stream()
                        .map(Template::name)
                        .sorted()
                        .toList());
        assertThat(templates.all()).allSatisfy(row -> assertThat(row.version()).isEqualTo(1));
        assertThat(templates.template(templates.latest(NAME))).isEqualTo(BUILT_IN);
        assertThat(warehouse.exists(TemplateVersionRow.TABLE)).isFalse();
    }

    @Test
    void builtInTemplatesAreWrittenOnce() {
        new PublishedTemplates(warehouse, CLOCK).publishBuiltIns();
        new PublishedTemplates(warehouse, CLOCK).publishBuiltIns();
        List<TemplateVersionRow> rows = warehouse.rows(TemplateVersionRow.TABLE);
        assertThat(rows).hasSize(TemplateCatalog.builtIn().size()).allSatisfy(row -> {
            assertThat(row.cause()).isEqualTo("built-in");
            assertThat(row.parentVersion()).isEmpty();
            assertThat(row.publishedAt()).isEqualTo(CLOCK.instant());
        });
    }

    @Test
    void aChangeIsANewVersionAndPublishedOnesStayAsTheyAre() {
        PublishedTemplates templates = new PublishedTemplates(warehouse, CLOCK);
        TemplateVersionRow first = templates.latest(NAME);
        Template changed = changed("label-smoothing");
        TemplateVersionRow second =
                templates.publish("run-1", changed, first, Map.of("label-smoothing", "{}"), "integration");
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.parentVersion()).hasValue(1);
        assertThat(second.specHash()).isEqualTo(TemplateJson.hash(changed));
        assertThat(second.techniques()).contains("label-smoothing");

        PublishedTemplates reread = new PublishedTemplates(warehouse, CLOCK);
        assertThat(reread.latest(NAME)).isEqualTo(second);
        assertThat(reread.template(reread.version(NAME + "@2"))).isEqualTo(changed);
        assertThat(reread.version(NAME + "@1")).isEqualTo(first);

        assertThat(warehouse.rows(TemplateVersionRow.TABLE))
                .hasSize(TemplateCatalog.builtIn().size() + 1)
                .contains(first, second);
    }

    @Test
    void aRollbackIsANewVersionAfterTheLatestWithTheOldContentAndTechniques() {
        PublishedTemplates templates = new PublishedTemplates(warehouse, CLOCK);
        TemplateVersionRow first = templates.latest(NAME);
        Map<String, String> smoothing = Map.of("label-smoothing", "{}");
        TemplateVersionRow second =
                templates.publish("run-1", changed("label-smoothing"), first, smoothing, "integration");
        TemplateVersionRow third =
                templates.publish("run-2", changed("cross-network"), second, Map.of(), "integration");
        List<TemplateVersionRow> before = warehouse.rows(TemplateVersionRow.TABLE);

        TemplateVersionRow fourth = templates.rollback("run-3", NAME, 2);

        assertThat(fourth.version()).isEqualTo(4);
        assertThat(fourth.parentVersion()).hasValue(third.version());
        assertThat(fourth.cause()).isEqualTo("rollback-to-v2");
        assertThat(fourth.spec()).isEqualTo(second.spec());
        assertThat(fourth.specHash()).isEqualTo(second.specHash());
        assertThat(fourth.techniques()).isEqualTo(second.techniques());
        assertThat(warehouse.rows(TemplateVersionRow.TABLE))
                .containsAll(before)
                .contains(fourth)
                .hasSize(before.size() + 1);
        assertThat(new PublishedTemplates(warehouse, CLOCK).versionOrLatest(NAME))
                .isEqualTo(fourth);
        assertThat(templates.versionOrLatest(NAME + "@2")).isEqualTo(second);
    }

    @Test
    void aRollbackToWhatIsThereOrToNothingIsRefusedAndWritesNothing() {
        PublishedTemplates templates = new PublishedTemplates(warehouse, CLOCK);
        assertThatThrownBy(() -> templates.rollback("run-1", NAME, 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("template " + NAME + ": its latest version 1 has the content of version 1 already; there is"
                        + " nothing to roll back");
        assertThatThrownBy(() -> templates.rollback("run-1", NAME, 3))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("template " + NAME + " has no version 3; published: 1");
        assertThat(warehouse.exists(TemplateVersionRow.TABLE)).isFalse();
    }

    @Test
    void theRollbackCommandsRunIsARowOfRunsAndEachRollbackIsItsOwn() {
        PublishedTemplates templates = new PublishedTemplates(warehouse, CLOCK);
        templates.publish("run-1", changed("label-smoothing"), templates.latest(NAME), Map.of(), "integration");
        SmtConfiguration configuration = new SmtConfiguration("test", ConfigFactory.empty());
        Progress silent = new Progress(new PrintWriter(Writer.nullWriter()), false, CLOCK);
        StepRunner runner = new StepRunner(new RunContext(warehouse, configuration, silent, CLOCK), "1");

        assertThat(runner.run(new RollbackStep(NAME, 1))).isTrue();
        assertThat(runner.run(new RollbackStep(NAME, 2))).isTrue();
        assertThatThrownBy(() -> runner.run(new RollbackStep(NAME, 4))).isInstanceOf(InvalidInputException.class);

        assertThat(new PublishedTemplates(warehouse, CLOCK).all())
                .filteredOn(row -> row.template().equals(NAME))
                .extracting(TemplateVersionRow::cause)
                .containsExactly("built-in", "integration", "rollback-to-v1", "rollback-to-v2");
        assertThat(warehouse.rows(RunRow.TABLE))
                .hasSize(2)
                .allSatisfy(run -> assertThat(run.status()).isEqualTo(RunRow.DONE))
                .extracting(RunRow::outputs)
                .containsExactlyInAnyOrder("{\"" + NAME + "\":\"3\"}", "{\"" + NAME + "\":\"4\"}");
    }

    @Test
    void theSameRunPublishesTheSameContentOnce() {
        PublishedTemplates templates = new PublishedTemplates(warehouse, CLOCK);
        TemplateVersionRow first = templates.latest(NAME);
        Template changed = changed("label-smoothing");
        TemplateVersionRow second = templates.publish("run-1", changed, first, Map.of(), "integration");
        PublishedTemplates again = new PublishedTemplates(warehouse, CLOCK);
        assertThat(again.publish("run-1", changed, first, Map.of(), "integration"))
                .isEqualTo(second);
        assertThat(again.latest(NAME).version()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sparse-nn-medium", "sparse-nn-medium@", "sparse-nn-medium@0", "@1", "sparse-nn-medium@one"})
    void aReferenceIsNameAtNumber(String reference) {
        PublishedTemplates templates = new PublishedTemplates(warehouse, CLOCK);
        assertThatThrownBy(() -> templates.version(reference))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("template version is \"" + reference + "\"; allowed: NAME@NUMBER, such as ");
    }

    @Test
    void aVersionOrTemplateThatIsNotThereIsRefusedWithThoseThatAre() {
        PublishedTemplates templates = new PublishedTemplates(warehouse, CLOCK);
        assertThatThrownBy(() -> templates.version(NAME + "@7"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("template " + NAME + " has no version 7; published: 1");
        assertThatThrownBy(() -> templates.latest("huge"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("there is no template \"huge\"; allowed: " + String.join(", ", templates.names()));
    }

    private static Template changed(String name) {
        Technique technique = Techniques.named(name);
        return technique.apply(BUILT_IN, technique.defaults());
    }
}
