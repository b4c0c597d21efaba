package dev.smt.jobs.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.jobs.table.ParameterSensitivityRow;
import dev.smt.technique.Technique;
import dev.smt.technique.Techniques;
import dev.smt.template.ExposedField;
import dev.smt.template.ExposedField.Allowed;
import dev.smt.template.Template;
import dev.smt.template.TemplateCatalog;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ExposedParametersTest {
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

    private static List<ExposedField> exposed(String name, ParameterSensitivityRow... rows) {
        Technique technique = Techniques.named(name);
        Template with = technique.apply(TEMPLATE, technique.defaults());
        return ExposedParameters.expose(with, TEMPLATE, technique, List.of(rows))
                .exposed();
    }

    private static ParameterSensitivityRow row(String parameter, String decision) {
        OptionalDouble none = OptionalDouble.empty();
        return new ParameterSensitivityRow(
                "run", "study", "any", parameter, none, none, none, none, decision, "test", none, none, none, none,
                none);
    }
}
