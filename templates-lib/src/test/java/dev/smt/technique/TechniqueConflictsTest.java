package dev.smt.technique;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.template.Template;
import dev.smt.template.TemplateCatalog;
import dev.smt.template.TemplateFields;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class TechniqueConflictsTest {
    private static final Template TEMPLATE = TemplateCatalog.named("sparse-nn-medium");

    private final Technique smoothing = technique(
            "smoothing", (template, value) -> TemplateFields.with(template, "training.label-smoothing", value));
    private final Technique decay =
            technique("decay", (template, value) -> TemplateFields.with(template, "training.decay", value));
    private final Technique both = technique(
            "both",
            (template, value) -> TemplateFields.with(
                    TemplateFields.with(template, "training.label-smoothing", value), "training.decay", value));

    /** Reads what {@link #smoothing} sets, and sets something else. */
    private final Technique reader = technique(
            "reader",
            (template, value) -> TemplateFields.with(
                    template, "data.negative-rate", template.training().labelSmoothing() > 0.4 ? 0.5 : value));

    @Test
    void techniquesOfDifferentFieldsGoTogether() {
        assertThat(TechniqueConflicts.between(smoothing, decay, TEMPLATE)).isEmpty();
    }

    @Test
    void techniquesThatSetTheSameFieldAreRefusedWithTheField() {
        assertThat(TechniqueConflicts.between(smoothing, both, TEMPLATE))
                .contains("techniques smoothing and both in template sparse-nn-medium: both set"
                        + " training.label-smoothing; choose one of them, or put them into two versions,"
                        + " one after the other");
    }

    @Test
    void techniquesWhoseOrderMattersAreRefusedWithTheDifference() {
        assertThat(TechniqueConflicts.between(smoothing, reader, TEMPLATE).orElseThrow())
                .startsWith("techniques smoothing and reader in template sparse-nn-medium: give different templates"
                        + " in different orders: [data.negative-rate: ");
    }

    @Test
    void namesEveryConflictAmongMany() {
        assertThat(TechniqueConflicts.among(List.of(smoothing, decay, both), TEMPLATE))
                .hasSize(2)
                .allMatch(reason -> reason.contains(" and both "));
    }

    @Test
    void aTechniqueThatDoesNotFitConflictsWithNothing() {
        Technique misfit = new FakeTechnique("misfit", both::apply, template -> false);

        assertThat(TechniqueConflicts.between(smoothing, misfit, TEMPLATE)).isEmpty();
    }

    private static Technique technique(String name, BiFunction<Template, Double, Template> change) {
        return new FakeTechnique(
                name, (template, theta) -> change.apply(template, theta.real(name + ".value")), any -> true);
    }

    private static final class FakeTechnique extends CheckedTechnique {
        private final BiFunction<Template, ParameterValues, Template> change;
        private final Predicate<Template> fits;

        FakeTechnique(String name, BiFunction<Template, ParameterValues, Template> change, Predicate<Template> fits) {
            super(new TechniqueDescription(
                    name,
                    1,
                    TechniqueKind.TRAINING,
                    "a test's",
                    "none",
                    SearchSpace.of(new Parameter.Real(name + ".value", 0.1, 0.9, false)),
                    ParameterValues.empty().with(name + ".value", 0.3)));
            this.change = change;
            this.fits = fits;
        }

        @Override
        public boolean fits(Template template) {
            return fits.test(template);
        }

        @Override
        protected Template change(Template template, ParameterValues theta) {
            return change.apply(template, theta);
        }
    }
}
