package dev.smt.template;

import dev.smt.data.DataTemplate;
import dev.smt.feature.FeatureTemplate;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.feature.FeatureType;
import dev.smt.nn.Architecture;
import dev.smt.nn.Interaction;
import dev.smt.nn.Paradigm;
import dev.smt.serving.ServingTemplate;
import dev.smt.training.TrainingTemplate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The templates that the program brings along: two paradigms in three scales (paper, Table 1). They are the content of
 * version 1, as plain as can be, so that techniques have something to add. They never change; what is learned goes into
 * the versions after them.
 *
 * <p>A scale decides the embedding dimension, the widths and the number of layers, and how many features are used; it
 * leaves the interaction and the training alone, so that two scales differ in capacity only.
 */
public final class TemplateCatalog {
    private static final List<Template> BUILT_IN = Arrays.stream(Paradigm.values())
            .flatMap(paradigm -> Arrays.stream(Scale.values()).map(scale -> template(paradigm, scale)))
            .sorted(Comparator.comparing(Template::name))
            .toList();

    private TemplateCatalog() {}

    /** All built-in templates, by name. */
    public static List<Template> builtIn() {
        return BUILT_IN;
    }

    /** The names of all built-in templates, in the order of the alphabet. */
    public static List<String> names() {
        return BUILT_IN.stream().map(Template::name).toList();
    }

    /**
     * One built-in template.
     *
     * @throws IllegalArgumentException naming those that exist
     */
    public static Template named(String name) {
        return BUILT_IN.stream()
                .filter(template -> template.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "template is \"" + name + "\"; there are " + String.join(", ", names())));
    }

    private static Template template(Paradigm paradigm, Scale scale) {
        return new Template(
                Labels.of(paradigm) + "-" + Labels.of(scale),
                new Architecture(
                        paradigm, scale.dimension, 0, scale.numericTower, List.of(new Interaction.Dot()), scale.head),
                new FeatureTemplate(scale.topK(), "", scale.sequenceLength, SequencePooling.MEAN),
                DataTemplate.PLAIN,
                new TrainingTemplate(1, 256, 0.03, 0.001, 0.1, 1, 0.01, 0),
                new ServingTemplate(ServingTemplate.DEFAULT_CAPACITY_TOLERANCE),
                List.of(),
                List.of());
    }

    /** How much a template of a paradigm may cost. */
    private enum Scale {
        SMALL(8, List.of(16), List.of(32, 16), 5, 10, 5, 10),
        MEDIUM(16, List.of(32), List.of(64, 32), 10, 20, 10, 20),
        LARGE(32, List.of(64, 32), List.of(128, 64, 32), 20, 40, 20, 50);

        private final int dimension;
        private final List<Integer> numericTower;
        private final List<Integer> head;
        private final int numericFeatures;
        private final int idFeatures;
        private final int transformFeatures;
        private final int sequenceLength;

        Scale(
                int dimension,
                List<Integer> numericTower,
                List<Integer> head,
                int numericFeatures,
                int idFeatures,
                int transformFeatures,
                int sequenceLength) {
            this.dimension = dimension;
            this.numericTower = numericTower;
            this.head = head;
            this.numericFeatures = numericFeatures;
            this.idFeatures = idFeatures;
            this.transformFeatures = transformFeatures;
            this.sequenceLength = sequenceLength;
        }

        Map<FeatureType, Integer> topK() {
            return Map.of(
                    FeatureType.NUMERIC, numericFeatures,
                    FeatureType.ID, idFeatures,
                    FeatureType.TRANSFORM, transformFeatures);
        }
    }
}
