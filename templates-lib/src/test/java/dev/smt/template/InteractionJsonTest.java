package dev.smt.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.smt.nn.Architecture;
import dev.smt.nn.Interaction;
import dev.smt.nn.Interaction.Cross;
import dev.smt.nn.Interaction.CrossMixture;
import dev.smt.nn.Interaction.Dot;
import dev.smt.nn.Interaction.Ensemble;
import dev.smt.nn.Interaction.FactorizationMachine;
import dev.smt.nn.Interaction.FactorizationStack;
import dev.smt.nn.Interaction.Mask;
import dev.smt.nn.Interaction.VectorCross;
import dev.smt.nn.InteractionExamples;
import java.util.List;
import org.junit.jupiter.api.Test;

class InteractionJsonTest {
    @Test
    void everyModuleComesBackAsItWas() {
        for (Interaction interaction : InteractionExamples.all()) {
            Template template = with(0, interaction);
            assertThat(TemplateJson.read(TemplateJson.write(template))).isEqualTo(template);
        }
    }

    @Test
    void allModulesHaveTheseKeys() {
        Template template = with(
                32,
                new Mask(2, 0.5, 64),
                new FactorizationStack(2, 8, 4, 3, 64),
                new Ensemble(2, 16),
                new CrossMixture(2, 4, 8),
                new VectorCross(3),
                new FactorizationMachine(),
                new Cross(2, 16),
                new Dot());

        assertThat(TemplateJson.write(template))
                .contains("\"interactions\":{\"dot\":{},\"cross\":{\"layers\":2,\"rank\":16},"
                        + "\"factorization-machine\":{},\"vector-cross\":{\"layers\":3},"
                        + "\"cross-mixture\":{\"layers\":2,\"experts\":4,\"rank\":8},"
                        + "\"ensemble\":{\"layers\":2,\"rank\":16},"
                        + "\"factorization-stack\":{\"layers\":2,\"rank\":8,\"factorized\":4,\"compressed\":3,"
                        + "\"hidden\":64},\"mask\":{\"blocks\":2,\"aggregation\":0.5,\"width\":64}},"
                        + "\"interaction-width\":32,\"head\":[64,32]}");
        assertThat(TemplateJson.read(TemplateJson.write(template))).isEqualTo(template);
    }

    @Test
    void onlyWhatIsNewNeedsFormatVersionTwo() {
        assertThat(TemplateJson.write(with(0, new Dot(), new Cross(1, 0))))
                .startsWith("{\"format-version\":1,")
                .doesNotContain("interaction-width");
        assertThat(TemplateJson.write(with(8, new Dot()))).startsWith("{\"format-version\":2,");
        assertThat(TemplateJson.write(with(0, new FactorizationMachine()))).startsWith("{\"format-version\":2,");
    }

    @Test
    void theInteractionWidthIsAFieldThatCanBeSet() {
        assertThat(TemplateFields.with(with(0, new Dot()), "architecture.interaction-width", 8L))
                .isEqualTo(with(8, new Dot()));
        assertThat(TemplateFields.with(with(0, new Mask(1, 2, 4)), "architecture.interactions.mask.aggregation", 0.5))
                .isEqualTo(with(0, new Mask(1, 0.5, 4)));
    }

    @Test
    void tellsTheProblemsOfAllModules() {
        String json = TemplateJson.write(with(0, new Dot(), new VectorCross(1), new Mask(1, 2, 4)))
                .replace("\"dot\":{}", "\"dot\":{},\"hstu\":{}")
                .replace("\"vector-cross\":{\"layers\":1}", "\"vector-cross\":{\"layers\":0,\"rank\":2}")
                .replace("\"aggregation\":2", "\"aggregation\":0")
                .replace("\"head\":", "\"interaction-width\":\"wide\",\"head\":");

        InvalidTemplateException problems =
                catchThrowableOfType(InvalidTemplateException.class, () -> TemplateJson.read(json));

        assertThat(problems.problems())
                .containsExactlyInAnyOrder(
                        "architecture.interactions.vector-cross: vector cross network has layers 0; allowed: 1 or more",
                        "architecture.interactions.vector-cross.rank is unknown;"
                                + " architecture.interactions.vector-cross has layers",
                        "architecture.interactions.mask: mask has aggregation 0.0; allowed: above 0, at most 100",
                        "architecture.interactions.hstu is unknown; architecture.interactions has dot, cross,"
                                + " factorization-machine, vector-cross, cross-mixture, ensemble,"
                                + " factorization-stack, mask",
                        "architecture.interaction-width is \"wide\"; expected a whole number");
    }

    @Test
    void refusesALayerNormOfSingleNumbers() {
        String json = TemplateJson.write(with(0, new Ensemble(1, 2)))
                .replace("\"embedding-dimension\":16", "\"embedding-dimension\":1");

        InvalidTemplateException problems =
                catchThrowableOfType(InvalidTemplateException.class, () -> TemplateJson.read(json));

        assertThat(problems)
                .hasMessage("architecture: interaction Ensemble[layers=1, rank=2] normalizes feature vectors, and the"
                        + " embedding dimension is 1, so that all would become constants; allowed: 2 or more, or"
                        + " another interaction");
    }

    private static Template with(int interactionWidth, Interaction... interactions) {
        Architecture changed = Examples.SPARSE
                .architecture()
                .withInteractions(List.of(interactions))
                .withInteractionWidth(interactionWidth);
        return Examples.SPARSE.withArchitecture(changed);
    }
}
