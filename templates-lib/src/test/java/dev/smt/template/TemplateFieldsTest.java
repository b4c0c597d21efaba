package dev.smt.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateFieldsTest {
    private static final Template SPARSE = Examples.SPARSE;

    @Test
    void setsAFieldOfEveryTypeAndNothingElse() {
        assertSet("training.dense-learning-rate", 0.01, "0.01");
        assertSet("training.epochs", 2L, "2");
        assertSet("training.epochs", 2.0, "2");
        assertSet("features.top-k.event", 3L, "3");
        assertSet("features.pooling", "sum", "\"sum\"");
        assertSet("data.recency-half-life", 0.5, "0.5");
        assertSet("architecture.head", List.of(8, 4), "[8,4]");
    }

    @Test
    void everyListedPathCanBeSetToItsOwnValue() {
        assertThat(TemplateFields.paths(SPARSE))
                .contains("architecture.paradigm", "serving.capacity-tolerance")
                .doesNotContain("name", "exposed", "techniques", "architecture.interactions.dot");
        assertThat(TemplateFields.with(SPARSE, "data.recency-half-life", "none"))
                .isEqualTo(SPARSE);
        assertThat(TemplateFields.with(SPARSE, "data.negative-rate", 1.0)).isEqualTo(SPARSE);
    }

    @Test
    void namesTheFieldThatIsNotAllowed() {
        assertThatThrownBy(() -> TemplateFields.with(SPARSE, "training.epochs", 1.5))
                .isInstanceOf(InvalidTemplateException.class)
                .hasMessage("training.epochs is 1.5; expected a whole number");
        assertThatThrownBy(() -> TemplateFields.with(SPARSE, "training.decay", 2.0))
                .hasMessage("training: decay is 2.0; allowed: 0 to 1");
        assertThatThrownBy(() -> TemplateFields.with(SPARSE, "training.decay", Double.NaN))
                .hasMessage("training.decay is \"NaN\"; expected a number");
        assertThatThrownBy(() -> TemplateFields.with(SPARSE, "training.decay", true))
                .hasMessage("training.decay is true; expected a number");
        assertThatThrownBy(() -> TemplateFields.with(SPARSE, "name", "other"))
                .hasMessageStartingWith(
                        "field name is set, but template sparse-nn-medium has no such field; it has arch");
        assertThatThrownBy(() -> TemplateFields.with(SPARSE, "architecture.interactions.cross.layers", 2L))
                .hasMessageContaining("has no such field");
    }

    @Test
    void tellsTheProblemsOfAllFields() {
        InvalidTemplateException problems = catchThrowableOfType(
                InvalidTemplateException.class,
                () -> TemplateFields.withAll(
                        SPARSE, Map.of("training.speed", 1L, "training.epochs", "many", "data.negative-rate", 0.0)));

        assertThat(problems.problems())
                .hasSize(3)
                .anyMatch(problem -> problem.startsWith("field training.speed is set, but"))
                .contains(
                        "training.epochs is \"many\"; expected a whole number",
                        "data: negative rate is 0.0; allowed: above 0, at most 1");
    }

    @Test
    void exposesFieldsThatExist() {
        Template exposing = TemplateFields.exposing(SPARSE, List.of("training.epochs", "training.decay"));

        assertThat(exposing.exposedPaths()).containsExactly("training.decay", "training.epochs");
        assertThatThrownBy(() -> TemplateFields.exposing(SPARSE, List.of("training.momentum")))
                .hasMessageStartingWith(
                        "field training.momentum is to be exposed, but template sparse-nn-medium has no such field");
    }

    private static void assertSet(String path, Object value, String text) {
        Template changed = TemplateFields.with(SPARSE, path, value);
        String before = TemplateFields.value(SPARSE, path).orElseThrow();
        assertThat(TemplateDiff.between(SPARSE, changed)).containsExactly(new FieldChange(path, before, text));
    }
}
