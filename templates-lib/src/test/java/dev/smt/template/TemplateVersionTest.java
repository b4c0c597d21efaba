package dev.smt.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smt.search.ParameterValues;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TemplateVersionTest {
    private static final String TIME = "2026-01-31T12:00:00Z";

    @Test
    void aVersionFollowsItsParent() {
        TemplateVersion first = TemplateVersion.first(Examples.SPARSE, TIME, "built in");
        AppliedTechnique smoothing = new AppliedTechnique(
                "label-smoothing", 1, ParameterValues.empty().with("label-smoothing.smoothing", 0.1));
        Template changed = TemplateFields.with(Examples.SPARSE, "training.label-smoothing", 0.1);
        TemplateVersion second = first.next(changed, List.of(smoothing), TIME, "study s1");

        assertThat(first.reference()).hasToString("sparse-nn-medium@1");
        assertThat(first.parent()).isEmpty();
        assertThat(second.reference()).hasToString("sparse-nn-medium@2");
        assertThat(second.parent()).contains(1);
        assertThat(second.hash()).isEqualTo(TemplateJson.hash(changed)).isNotEqualTo(first.hash());
        assertThat(second.techniques()).containsExactly(smoothing);
    }

    @Test
    void refusesWhatIsNoVersionWithAllProblems() {
        assertThatThrownBy(() -> new TemplateVersion(
                        "sparse-nn-large", 2, Optional.of(2), Examples.SPARSE, "abc", List.of(), "yesterday", "a test"))
                .hasMessage("template version sparse-nn-large@2: its content is of template sparse-nn-medium;"
                        + " its parent is version 2; allowed: 1 or more, below its own;"
                        + " its hash is \"abc\"; allowed: 64 hexadecimal digits;"
                        + " it is published at \"yesterday\"; allowed: an instant, 2026-01-31T12:00:00Z");
    }

    @Test
    void readsReferences() {
        assertThat(TemplateReference.parse("sparse-nn-medium@12"))
                .isEqualTo(new TemplateReference("sparse-nn-medium", 12));
        for (String wrong : List.of("sparse-nn-medium", "sparse-nn-medium@", "a@b@1", "a@-1", "a@1234567890", "")) {
            assertThatThrownBy(() -> TemplateReference.parse(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "template version is \"" + wrong + "\"; allowed: name@version, such as sparse-nn-medium@1");
        }
        assertThatThrownBy(() -> TemplateReference.parse("a@0"))
                .hasMessage("version of template a is 0; allowed: 1 or more");
        assertThatThrownBy(() -> TemplateReference.parse("A b@1"))
                .hasMessage(
                        "template name is \"A b\"; allowed: lower-case words joined by -, such as sparse-nn-medium");
    }

    @Test
    void theCatalogNamesItsTemplates() {
        assertThat(TemplateCatalog.builtIn())
                .extracting(Template::name)
                .containsExactly(
                        "decoupled-sparse-nn-large",
                        "decoupled-sparse-nn-medium",
                        "decoupled-sparse-nn-small",
                        "sparse-nn-large",
                        "sparse-nn-medium",
                        "sparse-nn-small");
        assertThatThrownBy(() -> TemplateCatalog.named("large"))
                .hasMessage("template is \"large\"; there are decoupled-sparse-nn-large, decoupled-sparse-nn-medium,"
                        + " decoupled-sparse-nn-small, sparse-nn-large, sparse-nn-medium, sparse-nn-small");
    }
}
