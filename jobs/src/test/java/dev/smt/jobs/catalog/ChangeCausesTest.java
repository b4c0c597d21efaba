package dev.smt.jobs.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.jobs.TestSpark;
import dev.smt.jobs.table.TemplateVersionRow;
import dev.smt.jobs.table.Warehouse;
import dev.smt.search.ParameterValues;
import dev.smt.search.ParameterValuesJson;
import dev.smt.technique.Technique;
import dev.smt.technique.Techniques;
import dev.smt.template.Template;
import dev.smt.template.TemplateFields;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A history of one template: version 2 pins a selection, 3 adds two techniques and exposes a field, 4 sets another theta
 * of one, 5 adds a technique that is not on the class path, 6 goes back to 2.
 */
class ChangeCausesTest {
    private static final String NAME = "sparse-nn-medium";
    private static final String SMOOTHING = "label-smoothing";
    private static final String RATES = "learning-rates";

    @TempDir
    private static Path folder;

    private static PublishedTemplates templates;

    @BeforeAll
    static void publish() {
        templates = new PublishedTemplates(
                Warehouse.open(TestSpark.session(), folder.toString()),
                Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));
        next(TemplateFields.with(content(), "features.selection", "importance-1"), Map.of(), "feature-selection");
        Technique smoothing = Techniques.named(SMOOTHING);
        Technique rates = Techniques.named(RATES);
        Template both = rates.apply(smoothing.apply(content(), smoothing.defaults()), rates.defaults());
        Map<String, String> thetas = new TreeMap<>(
                Map.of(SMOOTHING, json(smoothing, smoothing.defaults()), RATES, json(rates, rates.defaults())));
        next(TemplateFields.exposing(both, List.of("training.decay")), thetas, "integration");
        ParameterValues slower = rates.defaults().with("learning-rates.decay", 0.5);
        thetas.put(RATES, json(rates, slower));
        next(rates.apply(content(), slower), thetas, "integration");
        thetas.put("gone", "{}");
        next(TemplateFields.with(content(), "training.epochs", 2), thetas, "integration");
        templates.rollback("run", NAME, 2);
    }

    @Test
    void aTechniqueIsNamedWithTheVersionThatAddedIt() {
        assertThat(lines(2, 3))
                .containsExactly(
                        "training.embedding-learning-rate: 0.03 -> 0.05   (learning-rates added in version 3)",
                        "training.warmup-share: 0.1 -> 0.05   (learning-rates added in version 3)",
                        "training.decay: 1 -> 0.1   (learning-rates added in version 3)",
                        "training.label-smoothing: 0 -> 0.1   (label-smoothing added in version 3)",
                        "exposed training.decay: absent -> what the field allows   (learning-rates added in version 3)",
                        "techniques: [] -> [\"label-smoothing\",\"learning-rates\"]   (integration in version 3)");
    }

    @Test
    void everyVersionOnTheWayThatMovedTheFieldIsNamed() {
        assertThat(lines(1, 4))
                .contains(
                        "features.selection: \"\" -> \"importance-1\"   (feature-selection in version 2)",
                        "training.decay: 1 -> 0.5   (learning-rates added in version 3; learning-rates changed in"
                                + " version 4)",
                        "training.label-smoothing: 0 -> 0.1   (label-smoothing added in version 3)");
    }

    @Test
    void whatNoKnownTechniqueSetHasTheVersionsCause() {
        assertThat(lines(4, 5)).containsExactly("training.epochs: 1 -> 2   (integration in version 5)");
    }

    @Test
    void aRollbackRemovesTechniques() {
        assertThat(lines(5, 6))
                .contains(
                        "training.label-smoothing: 0.1 -> 0   (label-smoothing removed by rollback-to-v2 in version 6)",
                        "training.epochs: 2 -> 1   (rollback-to-v2 in version 6)");
        assertThat(lines(2, 6)).isEmpty();
    }

    @Test
    void theWayBackTakesBack() {
        assertThat(lines(3, 2))
                .contains("training.label-smoothing: 0.1 -> 0   (takes back: label-smoothing added in version 3)");
    }

    @Test
    void versionsOfDifferentTemplatesHaveNoHistoryInCommon() {
        assertThat(new ChangeCauses(templates).between(version(3), templates.latest("sparse-nn-small")))
                .isNotEmpty()
                .allSatisfy(change -> assertThat(change.causes()).isEmpty())
                .anySatisfy(change -> assertThat(change).hasToString("architecture.embedding-dimension: 16 -> 8"));
    }

    private static List<String> lines(int from, int to) {
        return new ChangeCauses(templates)
                .between(version(from), version(to)).stream()
                        .map(ChangeCauses.ExplainedChange::toString)
                        .toList();
    }

    private static TemplateVersionRow version(int number) {
        return templates.version(NAME, number);
    }

    private static Template content() {
        return templates.template(templates.latest(NAME));
    }

    private static void next(Template content, Map<String, String> techniques, String cause) {
        templates.publish("run", content, templates.latest(NAME), techniques, cause);
    }

    private static String json(Technique technique, ParameterValues theta) {
        return ParameterValuesJson.write(technique.searchSpace(), theta);
    }
}
