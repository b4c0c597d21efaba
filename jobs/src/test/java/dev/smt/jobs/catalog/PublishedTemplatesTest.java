package dev.smt.jobs.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smt.jobs.TestSpark;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.table.TemplateVersionRow;
import dev.smt.jobs.table.Warehouse;
import dev.smt.technique.Technique;
import dev.smt.technique.Techniques;
import dev.smt.template.Template;
import dev.smt.template.TemplateCatalog;
import dev.smt.template.TemplateJson;
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
    void aChangeIsANewVersionAndSoIsARollbackAndPublishedOnesStayAsTheyAre() {
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

        TemplateVersionRow third = reread.publish("run-2", reread.template(first), first, Map.of(), "rollback");
        assertThat(third.version()).isEqualTo(3);
        assertThat(third.parentVersion()).hasValue(1);
        assertThat(third.specHash()).isEqualTo(first.specHash());
        assertThat(warehouse.rows(TemplateVersionRow.TABLE))
                .hasSize(TemplateCatalog.builtIn().size() + 2)
                .contains(first, second, third);
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
