package dev.smt.technique;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.template.Template;
import dev.smt.template.TemplateJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/** The laws that every technique holds, for one technique and one template that it fits. */
final class TechniqueContract {
    private final Technique technique;
    private final Template template;

    TechniqueContract(Technique technique, Template template) {
        this.technique = technique;
        this.template = template;
    }

    List<DynamicTest> tests() {
        return List.of(
                law("describes itself", this::describesItself),
                law("has parameters named after itself", this::hasPrefixedParameters),
                law("has defaults in its space", this::hasDefaultsInItsSpace),
                law("leaves its argument as it is", this::leavesItsArgumentAsItIs),
                law("gives the same for the same", this::isDeterministic),
                law("notes its name", this::notesItsName),
                law("touches the part that its kind names", this::touchesItsPart),
                law("changes something by every parameter", this::everyParameterChangesSomething),
                law("gives a template that can be written and read", this::givesATemplateThatCanBeWritten),
                law("applied again it replaces what it did", this::replacesItself),
                law("refuses a theta out of its space", this::refusesAForeignTheta));
    }

    private DynamicTest law(String name, Executable check) {
        return DynamicTest.dynamicTest(technique.name() + " in " + template.name() + " " + name, check);
    }

    private void describesItself() {
        assertThat(technique.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
        assertThat(technique.version()).isPositive();
        assertThat(technique.summary()).isNotBlank();
        assertThat(technique.paper()).as("source with its year").matches(".*\\b(19|20)\\d\\d\\b.*");
    }

    private void hasPrefixedParameters() {
        assertThat(technique.searchSpace().parameters())
                .isNotEmpty()
                .extracting(Parameter::name)
                .allMatch(name -> name.matches(technique.name() + "\\.[a-z0-9]+(-[a-z0-9]+)*"));
    }

    private void hasDefaultsInItsSpace() {
        assertThat(technique.searchSpace().problems(technique.defaults())).isEmpty();
    }

    private void leavesItsArgumentAsItIs() {
        String before = TemplateJson.write(template);
        SampledThetas.of(technique).forEach(theta -> technique.apply(template, theta));
        assertThat(TemplateJson.write(template)).isEqualTo(before);
    }

    private void isDeterministic() {
        for (ParameterValues theta : SampledThetas.of(technique)) {
            assertThat(technique.apply(template, theta)).isEqualTo(technique.apply(template, theta));
        }
    }

    private void notesItsName() {
        Template others = template.withTechniques(List.of("another"));
        List<String> expected = new ArrayList<>(List.of("another", technique.name()));
        expected.sort(null);
        assertThat(technique.apply(others, technique.defaults()).techniques()).isEqualTo(expected);
    }

    private void touchesItsPart() {
        String part = technique.kind() == TechniqueKind.FEATURE
                ? "features"
                : technique.kind().name().toLowerCase(Locale.ROOT);
        assertThat(TechniqueFootprint.paths(technique, template))
                .isNotEmpty()
                .allMatch(path -> path.startsWith(part + "."), "starts with " + part);
    }

    private void everyParameterChangesSomething() {
        for (Parameter parameter : technique.searchSpace().parameters()) {
            assertThat(TechniqueFootprint.paths(technique, template, parameter.name()))
                    .as("fields that %s decides", parameter.name())
                    .isNotEmpty();
            assertThat(SampledThetas.along(technique, parameter).stream()
                            .distinct()
                            .map(theta -> technique.apply(template, theta))
                            .distinct()
                            .count())
                    .as("templates along %s", parameter.name())
                    .isEqualTo(SampledThetas.along(technique, parameter).stream()
                            .distinct()
                            .count());
        }
    }

    private void givesATemplateThatCanBeWritten() {
        for (ParameterValues theta : SampledThetas.of(technique)) {
            Template changed = technique.apply(template, theta);
            assertThat(TemplateJson.read(TemplateJson.write(changed))).isEqualTo(changed);
        }
    }

    private void replacesItself() {
        Template once = technique.apply(template, technique.defaults());
        for (ParameterValues theta : SampledThetas.of(technique)) {
            assertThat(technique.apply(once, theta)).isEqualTo(technique.apply(template, theta));
        }
    }

    private void refusesAForeignTheta() {
        ParameterValues unknown = technique.defaults().with("no-such.parameter", 1L);
        assertThatThrownBy(() -> technique.apply(template, unknown))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no-such.parameter");
        String first = technique.searchSpace().parameters().get(0).name();
        assertThatThrownBy(() -> technique.apply(template, technique.defaults().with(first, "elsewhere")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(first)
                .hasMessageContaining("elsewhere");
        assertThatThrownBy(() -> technique.apply(template, ParameterValues.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(first);
    }
}
