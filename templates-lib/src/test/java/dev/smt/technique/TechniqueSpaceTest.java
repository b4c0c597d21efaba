package dev.smt.technique;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.smt.search.Condition;
import dev.smt.search.LinearConstraint;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import dev.smt.template.Template;
import dev.smt.template.TemplateCatalog;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TechniqueSpaceTest {
    private static final Template TEMPLATE = TemplateCatalog.builtIn().get(0);
    private static final Parameter ON = new Parameter.Flag("t.on");
    private static final Parameter SMOOTHING = new Parameter.Real("t.smoothing", 0, 0.2, false);
    private static final Parameter EPOCHS = new Parameter.Whole("t.epochs", 1, 3, false);
    private static final SearchSpace SPACE = SearchSpace.of(ON, SMOOTHING, EPOCHS)
            .withConditions(Condition.of("t.smoothing", "t.on", true))
            .withConstraints(new LinearConstraint(Map.of("t.smoothing", 10.0, "t.epochs", 1.0), 4));

    /** Sets label smoothing where it is on. */
    private static final class Smoothing extends CheckedTechnique {
        Smoothing() {
            super(description("t", SPACE, new ParameterValues(Map.of("t.on", false, "t.epochs", 1L))));
        }

        @Override
        protected Template change(Template template, ParameterValues theta) {
            return theta.flag("t.on")
                    ? new LabelSmoothing()
                            .apply(
                                    template,
                                    ParameterValues.empty()
                                            .with(
                                                    "label-smoothing.smoothing",
                                                    Math.max(0.02, theta.real("t.smoothing"))))
                    : template;
        }
    }

    private static TechniqueDescription description(String name, SearchSpace space, ParameterValues defaults) {
        return new TechniqueDescription(name, 1, TechniqueKind.TRAINING, "smooths", "Somebody 2020", space, defaults);
    }

    @Test
    void theSpacesOfAllTechniquesCanBeJoined() {
        List<SearchSpace> spaces =
                Techniques.all().stream().map(Technique::searchSpace).toList();

        SearchSpace joined = SearchSpace.joined(spaces);

        assertThat(joined.parameters())
                .hasSize(spaces.stream()
                        .mapToInt(space -> space.parameters().size())
                        .sum());
        assertThat(new UnitCube(joined).freeParameters()).isPositive();
    }

    @Test
    void aTechniqueWhoseParametersDoNotCarryItsNameIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> description("Other.t", SPACE, new ParameterValues(Map.of("t.epochs", 9L))))
                .withMessageContainingAll(
                        "technique Other.t: its name is no kebab-case",
                        "parameter t.on doesn't carry its technique; name it Other.t.t.on",
                        "parameter t.epochs is 9",
                        "parameter t.on has no value");
    }

    @Test
    void aConditionalTechniqueIsSampledWhereItsParametersAreActive() {
        Technique technique = new Smoothing();

        assertThat(SampledThetas.along(technique, SMOOTHING))
                .extracting(theta -> theta.real("t.smoothing"))
                .containsExactly(0.0, 0.1, 0.2);
        assertThat(SampledThetas.of(technique)).contains(technique.defaults()).allMatch(theta -> SPACE.problems(theta)
                .isEmpty());
        assertThat(TechniqueFootprint.paths(technique, TEMPLATE, "t.smoothing"))
                .containsExactly("training.label-smoothing");
        assertThat(TechniqueFootprint.paths(technique, TEMPLATE, "t.epochs")).isEmpty();
    }

    @Test
    void aThetaWithAnInactiveValueIsRefusedWithTheTechniquesName() {
        ParameterValues inactive = new ParameterValues(Map.of("t.on", false, "t.epochs", 1L, "t.smoothing", 0.1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Smoothing().apply(TEMPLATE, inactive))
                .withMessageStartingWith("technique t: parameter t.smoothing is 0.1, but it is inactive here");
    }
}
