package dev.smt.jobs.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.jobs.table.ParameterSensitivityRow;
import dev.smt.technique.Technique;
import dev.smt.technique.Techniques;
import dev.smt.template.ExposedField;
import dev.smt.template.ExposedField.Allowed;
import dev.smt.template.Template;
import dev.smt.template.TemplateCatalog;
import dev.smt.template.TemplateFields;
import dev.smt.template.TemplateJson;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ExposurePatchTest {
    private static final Template TEMPLATE = TemplateCatalog.named("sparse-nn-medium");

    @Test
    void aParameterIsExposedWithTheRangeItWasSearchedIn() {
        assertThat(exposed(
                        "learning-rates",
                        row("learning-rates.dense-learning-rate", ParameterSensitivityRow.EXPOSE),
                        row("learning-rates.decay", ParameterSensitivityRow.STANDARDIZE)))
                .containsExactly(new ExposedField(
                        "training.dense-learning-rate", new Allowed.Between(0.0001, 0.01, true, false)));
    }

    @Test
    void aCategoricalParameterIsExposedWithAllLevelsWhenOneOfThemIs() {
        assertThat(exposed(
                        "cross-network",
                        row("cross-network.rank=8", ParameterSensitivityRow.EXPOSE),
                        row("cross-network.rank=16", ParameterSensitivityRow.STANDARDIZE)))
                .containsExactly(new ExposedField(
                        "architecture.interactions.cross.rank", new Allowed.OneOf(List.of(0L, 8L, 16L))));
    }

    @Test
    void nothingIsExposedWhereEverythingIsStandardized() {
        assertThat(exposed("learning-rates", row("learning-rates.decay", ParameterSensitivityRow.STANDARDIZE)))
                .isEmpty();
    }

    @Test
    void aReviewerReadsThePathTheBoundsAndTheNumbersThatDecided() {
        Technique technique = Techniques.named("learning-rates");
        Template with = technique.apply(TEMPLATE, technique.defaults());
        ExposurePatch patch = ExposurePatch.of(
                technique, TEMPLATE, List.of(row("learning-rates.decay", ParameterSensitivityRow.EXPOSE)));
        Template open = TemplateFields.exposing(with, List.of("training.decay"));
        assertThat(patch.lines(with))
                .containsExactly("+ exposed training.decay: a number from 0 to 1   (learning-rates.decay: test)");
        assertThat(patch.lines(open))
                .containsExactly("~ exposed training.decay: what the field allows -> a number from 0 to 1"
                        + "   (learning-rates.decay: test)");
        assertThat(patch.lines(patch.applyTo(with))).isEmpty();
        assertThat(ExposurePatch.of(
                                technique,
                                TEMPLATE,
                                List.of(row("learning-rates.dense-learning-rate", ParameterSensitivityRow.EXPOSE)))
                        .lines(with))
                .containsExactly(
                        "+ exposed training.dense-learning-rate: a number from 0.0001 to 0.01, on a logarithmic"
                                + " scale   (learning-rates.dense-learning-rate: test)");
    }

    @Test
    void thePatchIsReadableInTheTemplatesJson() {
        Technique technique = Techniques.named("learning-rates");
        Template patched = ExposurePatch.of(
                        technique,
                        TEMPLATE,
                        List.of(row("learning-rates.dense-learning-rate", ParameterSensitivityRow.EXPOSE)))
                .applyTo(technique.apply(TEMPLATE, technique.defaults()));
        assertThat(TemplateJson.writeIndented(patched).replaceAll("\\s+", " "))
                .contains("\"exposed\" : [ { \"path\" : \"training.dense-learning-rate\", \"low\" : 0.0001,"
                        + " \"high\" : 0.01, \"log\" : true } ]");
    }

    private static List<ExposedField> exposed(String name, ParameterSensitivityRow... rows) {
        Technique technique = Techniques.named(name);
        Template with = technique.apply(TEMPLATE, technique.defaults());
        return ExposurePatch.of(technique, TEMPLATE, List.of(rows))
                .applyTo(with)
                .exposed();
    }

    private static ParameterSensitivityRow row(String parameter, String decision) {
        OptionalDouble none = OptionalDouble.empty();
        return new ParameterSensitivityRow(
                "run", "study", "any", parameter, none, none, none, none, decision, "test", none, none, none, none,
                none);
    }
}
