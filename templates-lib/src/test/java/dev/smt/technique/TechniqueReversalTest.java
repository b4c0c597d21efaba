package dev.smt.technique;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smt.search.ParameterValues;
import dev.smt.template.AppliedTechnique;
import dev.smt.template.Template;
import dev.smt.template.TemplateCatalog;
import dev.smt.template.TemplateFields;
import dev.smt.template.TemplateJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TechniqueReversalTest {
    private static final Template PARENT = TemplateCatalog.named("sparse-nn-medium");

    static Stream<Template> templates() {
        return TemplateCatalog.builtIn().stream();
    }

    static Stream<Technique> techniques() {
        return Techniques.all().stream();
    }

    /** At all sampled thetas in the first template that the technique fits, at its defaults in the others. */
    @ParameterizedTest
    @MethodSource("techniques")
    void applyThenRevertIsTheIdentity(Technique technique) {
        List<Template> fitted = templates().filter(technique::fits).toList();
        SampledThetas.of(technique).forEach(theta -> assertReverts(technique, theta, fitted.get(0)));
        fitted.forEach(template -> assertReverts(technique, technique.defaults(), template));
    }

    private static void assertReverts(Technique technique, ParameterValues theta, Template parent) {
        List<AppliedTechnique> added = List.of(applied(technique, theta));

        Template reverted = TechniqueReversal.without(parent, technique.apply(parent, theta), added, technique.name());

        assertThat(reverted).as("%s at %s", technique.name(), theta).isEqualTo(parent);
        assertThat(TemplateJson.hash(reverted)).isEqualTo(TemplateJson.hash(parent));
    }

    /** Random sets of techniques: without one of them, the template is as if only the others came. */
    @ParameterizedTest
    @MethodSource("templates")
    void whatIsLeftIsWhatTheOtherTechniquesMake(Template parent) {
        Random random = new Random(11);
        for (int repeat = 0; repeat < 5; repeat++) {
            List<AppliedTechnique> added = some(parent, random);
            AppliedTechnique out = added.get(random.nextInt(added.size()));
            List<AppliedTechnique> others = new ArrayList<>(added);
            others.remove(out);

            assertThat(TechniqueReversal.without(parent, TechniqueReversal.apply(parent, added), added, out.name()))
                    .as("%s without %s", added, out.name())
                    .isEqualTo(TechniqueReversal.apply(parent, others));
        }
    }

    @Test
    void whatWasExposedWithTheTechniqueGoesWithIt() {
        Template open = TemplateFields.exposing(PARENT, List.of("training.epochs"));
        List<AppliedTechnique> added = List.of(atDefaults("learning-rates"), atDefaults("label-smoothing"));
        Template content = TemplateFields.exposing(
                TechniqueReversal.apply(open, added), List.of("training.decay", "training.label-smoothing"));

        assertThat(TechniqueReversal.without(open, content, added, "learning-rates"))
                .isEqualTo(TemplateFields.exposing(
                        TechniqueReversal.apply(open, added.subList(1, 2)), List.of("training.label-smoothing")));
    }

    @Test
    void whatTheTechniquesDoNotExplainIsNotLostSilently() {
        List<AppliedTechnique> added = List.of(atDefaults("label-smoothing"));
        Template content = TemplateFields.with(TechniqueReversal.apply(PARENT, added), "training.epochs", 3);

        assertThatThrownBy(() -> TechniqueReversal.without(PARENT, content, added, "label-smoothing"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("technique label-smoothing can't be taken out of sparse-nn-medium: its techniques"
                        + " label-smoothing don't explain [training.epochs: 1 -> 3]");
        assertThatThrownBy(() -> TechniqueReversal.without(PARENT, content, added, "cross-network"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("technique cross-network is not among those that were added to sparse-nn-medium:"
                        + " label-smoothing");
    }

    private static List<AppliedTechnique> some(Template parent, Random random) {
        List<Technique> shuffled = new ArrayList<>(fitting(parent));
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, Math.min(4, shuffled.size())).stream()
                .map(technique -> {
                    List<ParameterValues> thetas = SampledThetas.of(technique);
                    return applied(technique, thetas.get(random.nextInt(thetas.size())));
                })
                .toList();
    }

    private static List<Technique> fitting(Template template) {
        return Techniques.all().stream()
                .filter(technique -> technique.fits(template))
                .toList();
    }

    private static AppliedTechnique atDefaults(String name) {
        return applied(Techniques.named(name), Techniques.named(name).defaults());
    }

    private static AppliedTechnique applied(Technique technique, ParameterValues theta) {
        return new AppliedTechnique(technique.name(), technique.version(), theta);
    }
}
