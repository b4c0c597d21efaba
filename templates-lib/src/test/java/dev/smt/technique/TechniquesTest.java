package dev.smt.technique;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.smt.search.ParameterValues;
import dev.smt.template.Template;
import dev.smt.template.TemplateCatalog;
import dev.smt.template.TemplateFields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TechniquesTest {
    /** A template of each paradigm: the scales differ in numbers only. */
    private static final List<Template> MEDIUM =
            List.of(TemplateCatalog.named("sparse-nn-medium"), TemplateCatalog.named("decoupled-sparse-nn-medium"));

    @TestFactory
    Stream<DynamicTest> everyTechniqueHoldsTheLaws() {
        return Techniques.all().stream().flatMap(technique -> MEDIUM.stream()
                .filter(technique::fits)
                .flatMap(template -> new TechniqueContract(technique, template).tests().stream()));
    }

    @Test
    void everyTechniqueFitsATemplate() {
        assertThat(Techniques.all())
                .allMatch(technique -> TemplateCatalog.builtIn().stream().anyMatch(technique::fits));
    }

    /** Pairs that set the same field, which is the only reason in this library for which techniques are refused together. */
    @TestFactory
    Stream<DynamicTest> everyPairCommutesOrIsRefusedForAFieldThatBothSet() {
        return MEDIUM.stream()
                .map(template -> DynamicTest.dynamicTest(template.name(), () -> {
                    List<Technique> all = Techniques.all();
                    for (int second = 1; second < all.size(); second++) {
                        for (int first = 0; first < second; first++) {
                            Optional<String> reason =
                                    TechniqueConflicts.between(all.get(first), all.get(second), template);
                            if (reason.isPresent()) {
                                assertThat(reason.get()).contains(" both set ");
                            } else if (all.get(first).fits(template)
                                    && all.get(second).fits(template)) {
                                assertCommute(all.get(first), all.get(second), template);
                            }
                        }
                    }
                }));
    }

    private static void assertCommute(Technique first, Technique second, Template template) {
        Template firstThenSecond = second.apply(first.apply(template, first.defaults()), second.defaults());
        Template secondThenFirst = first.apply(second.apply(template, second.defaults()), first.defaults());
        assertThat(firstThenSecond).as("%s, %s", first.name(), second.name()).isEqualTo(secondThenFirst);
    }

    /** A template may have settings that a technique keeps from being read: it takes them back. */
    @Test
    void noTechniqueLeavesASettingThatNothingReads() {
        String numeric = "architecture.representation.numeric.";
        for (Map<String, Object> settings : List.<Map<String, Object>>of(
                Map.of(numeric + "kind", "quantile", numeric + "bins", 8),
                Map.of(numeric + "kind", "periodic", numeric + "frequencies", 4, numeric + "frequency-scale", 0.3),
                Map.of("architecture.representation.id.kind", "double-hashing", "architecture.embedding-buckets", 64),
                Map.of("features.pooling", "target-attention", "architecture.representation.event.attention-width", 8),
                Map.of("features.crossed-ids", 3, "features.cross-buckets", 50),
                Map.of("data.auxiliary-labels", List.of("age"), "data.auxiliary-weight", 0.1),
                Map.of("training.optimizer.dense", "sgd", "training.optimizer.momentum", 0.9),
                Map.of("training.optimizer.schedule", "cosine", "training.decay", 0.5),
                Map.of("training.held-out.validation-share", 0.1, "training.held-out.patience", 7),
                Map.of("architecture.hidden-layers.dropout", 0.3, "architecture.hidden-layers.activation", "gelu"),
                Map.of("architecture.head", List.of(), "architecture.numeric-tower", List.of()))) {
            Template template = TemplateFields.withAll(MEDIUM.get(0), settings);
            for (Technique technique : Techniques.all()) {
                if (technique.fits(template)) {
                    SampledThetas.of(technique).forEach(theta -> assertThatCode(() -> technique.apply(template, theta))
                            .as("%s in a template with %s", technique.name(), settings)
                            .doesNotThrowAnyException());
                }
            }
        }
    }

    @Test
    void everyTechniqueClassIsFound() {
        Stream<String> classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.smt").stream()
                        .filter(type -> type.isAssignableTo(Technique.class))
                        .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .map(JavaClass::getName);

        assertThat(Techniques.all())
                .extracting(technique -> technique.getClass().getName())
                .containsExactlyInAnyOrderElementsOf(classes.toList());
    }

    @Test
    void areInNameOrderAndFoundByName() {
        assertThat(Techniques.all())
                .extracting(Technique::name)
                .isSorted()
                .contains("cross-network", "weight-averaging");
        assertThat(Techniques.named("recency-weighting")).isInstanceOf(RecencyWeighting.class);
        assertThatThrownBy(() -> Techniques.named("magic"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("technique is \"magic\"; there are ")
                .hasMessageContaining(", label-smoothing, layer-normalization, learning-rates, ");
    }

    @Test
    void aThetaOutOfTheSpaceIsRefusedWithAllProblems() {
        Technique rates = Techniques.named("learning-rates");
        ParameterValues theta = ParameterValues.empty()
                .with("learning-rates.embedding-learning-rate", 1.0)
                .with("learning-rates.dense-learning-rate", 0.01)
                .with("learning-rates.decay", 1L)
                .with("learning-rates.momentum", 0.9);

        assertThatThrownBy(() -> rates.apply(TemplateCatalog.named("sparse-nn-medium"), theta))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "technique learning-rates: parameter learning-rates.embedding-learning-rate is 1.0 (Double);"
                                + " allowed: a real number in [0.005, 0.5];"
                                + " parameter learning-rates.warmup-share has no value; allowed: a real number in [0.0, 0.3];"
                                + " parameter learning-rates.decay is 1 (Long); allowed: a real number in [0.0, 1.0];"
                                + " parameter learning-rates.momentum is not one of this search space's:"
                                + " [learning-rates.embedding-learning-rate, learning-rates.dense-learning-rate,"
                                + " learning-rates.warmup-share, learning-rates.decay]");
    }

    @Test
    void theFootprintSaysWhichFieldsAParameterDecides() {
        Template template = TemplateCatalog.named("sparse-nn-medium");
        Technique cross = Techniques.named("cross-network");

        assertThat(TechniqueFootprint.paths(cross, template))
                .containsExactly("architecture.interactions.cross.layers", "architecture.interactions.cross.rank");
        assertThat(TechniqueFootprint.paths(cross, template, "cross-network.layers"))
                .containsExactly("architecture.interactions.cross.layers");
        assertThatThrownBy(() -> TechniqueFootprint.paths(cross, template, "cross-network.width"))
                .hasMessage("technique cross-network has no parameter cross-network.width;"
                        + " there are [cross-network.layers, cross-network.rank]");
    }

    @Test
    void twiceTheSameTechniqueIsRefused() {
        Technique cross = Techniques.named("cross-network");
        Optional<String> reason = TechniqueConflicts.between(cross, cross, TemplateCatalog.named("sparse-nn-medium"));

        assertThat(reason).contains("technique cross-network is named twice; apply it once");
    }
}
