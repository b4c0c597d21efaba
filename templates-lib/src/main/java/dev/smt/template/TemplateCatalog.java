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
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The templates that the program brings along: the content of their version 1, as plain as can be, so that techniques
 * have something to add. They never change; what is learned goes into the versions after them.
 */
public final class TemplateCatalog {
    private static final Template SPARSE_NN_MEDIUM = medium("sparse-nn-medium", Paradigm.SPARSE_NN);
    private static final Template DECOUPLED_SPARSE_NN_MEDIUM =
            medium("decoupled-sparse-nn-medium", Paradigm.DECOUPLED_SPARSE_NN);

    private TemplateCatalog() {}

    /** All built-in templates, by name. */
    public static List<Template> builtIn() {
        return List.of(DECOUPLED_SPARSE_NN_MEDIUM, SPARSE_NN_MEDIUM);
    }

    /**
     * One built-in template.
     *
     * @throws IllegalArgumentException naming those that exist
     */
    public static Template named(String name) {
        return builtIn().stream()
                .filter(template -> template.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("template is \"" + name + "\"; there are "
                        + builtIn().stream().map(Template::name).collect(Collectors.joining(", "))));
    }

    private static Template medium(String name, Paradigm paradigm) {
        return new Template(
                name,
                new Architecture(paradigm, 16, 0, List.of(32), List.of(new Interaction.Dot()), List.of(64, 32)),
                new FeatureTemplate(
                        Map.of(FeatureType.NUMERIC, 10, FeatureType.ID, 20, FeatureType.TRANSFORM, 10),
                        "",
                        20,
                        SequencePooling.MEAN),
                DataTemplate.PLAIN,
                new TrainingTemplate(1, 256, 0.03, 0.001, 0.1, 1, 0.01, 0),
                new ServingTemplate(ServingTemplate.DEFAULT_CAPACITY_TOLERANCE),
                List.of(),
                List.of());
    }
}
