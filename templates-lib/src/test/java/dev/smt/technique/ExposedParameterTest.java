package dev.smt.technique;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.template.ExposedField;
import dev.smt.template.ExposedField.Allowed;
import dev.smt.template.ExposedSpace;
import dev.smt.template.Template;
import dev.smt.template.TemplateCatalog;
import dev.smt.template.TemplateFields;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExposedParameterTest {
    private static final Template TEMPLATE = TemplateCatalog.named("sparse-nn-medium");

    static Stream<Technique> techniques() {
        return Techniques.all().stream().filter(technique -> technique.fits(TEMPLATE));
    }

    /** Whatever the study tried, a model may choose; the field's own check accepts it. */
    @ParameterizedTest
    @MethodSource("techniques")
    void everyValueOfTheRangeIsAdmitted(Technique technique) {
        Template with = technique.apply(TEMPLATE, technique.defaults());
        for (Parameter parameter : technique.searchSpace().parameters()) {
            List<ExposedField> fields = ExposedParameter.fields(technique, TEMPLATE, parameter);
            assertThat(fields)
                    .extracting(ExposedField::path)
                    .containsExactlyElementsOf(TechniqueFootprint.paths(technique, TEMPLATE, parameter.name()));
            for (ParameterValues theta : SampledThetas.along(technique, parameter)) {
                Template applied = technique.apply(TEMPLATE, theta);
                for (ExposedField field : fields) {
                    TemplateFields.scalar(applied, field.path()).ifPresent(value -> assertThat(field.admits(value))
                            .as("%s: %s in %s", parameter.name(), value, field)
                            .isTrue());
                }
            }
            List<ExposedField> there = fields.stream()
                    .filter(field -> TemplateFields.value(with, field.path()).isPresent())
                    .toList();
            assertThat(ExposedSpace.of(TemplateFields.exposingBounded(with, there))
                            .parameters())
                    .hasSizeLessThanOrEqualTo(there.size());
        }
    }

    @Test
    void aRangeGivesBoundsOnItsScaleAndChoicesGiveLevels() {
        assertThat(fields("learning-rates", "learning-rates.dense-learning-rate"))
                .containsExactly(new ExposedField(
                        "training.dense-learning-rate", new Allowed.Between(0.0001, 0.01, true, false)));
        assertThat(fields("cross-network", "cross-network.layers"))
                .containsExactly(new ExposedField(
                        "architecture.interactions.cross.layers", new Allowed.Between(1, 3, false, true)));
        assertThat(fields("cross-network", "cross-network.rank"))
                .containsExactly(new ExposedField(
                        "architecture.interactions.cross.rank", new Allowed.OneOf(List.of(0L, 8L, 16L))));
        assertThat(fields("history-pooling", "history-pooling.pooling"))
                .containsExactly(new ExposedField("features.pooling", new Allowed.OneOf(List.of("sum", "mean"))));
        assertThat(fields("learning-rates", "learning-rates.decay"))
                .containsExactly(new ExposedField("training.decay", new Allowed.Between(0, 1, false, false)));
    }

    private static List<ExposedField> fields(String name, String parameter) {
        Technique technique = Techniques.named(name);
        return ExposedParameter.fields(
                technique,
                TEMPLATE,
                technique.searchSpace().parameters().stream()
                        .filter(candidate -> candidate.name().equals(parameter))
                        .findFirst()
                        .orElseThrow());
    }
}
