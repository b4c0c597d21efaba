package dev.smt.template;

import dev.smt.data.DataTemplate;
import dev.smt.feature.FeatureTemplate;
import dev.smt.nn.Architecture;
import dev.smt.nn.Paradigm;
import dev.smt.serving.ServingTemplate;
import dev.smt.training.ShardingSupport;
import dev.smt.training.TrainingTemplate;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * A standard model template: a value, not code (paper, section 3.2).
 *
 * @param name lower-case words joined by -, such as {@code sparse-nn-medium}
 * @param architecture layers
 * @param features which features
 * @param data how training rows are seen
 * @param training how models are trained
 * @param serving how models are served
 * @param exposed the fields that a model may tune, such as {@code training.dense-learning-rate}; by path
 * @param techniques names of the techniques that are in it; sorted
 */
public record Template(
        String name,
        Architecture architecture,
        FeatureTemplate features,
        DataTemplate data,
        TrainingTemplate training,
        ServingTemplate serving,
        List<ExposedField> exposed,
        List<String> techniques)
        implements Serializable {
    public Template {
        TemplateReference.requireName(name);
        Objects.requireNonNull(architecture, "architecture");
        Objects.requireNonNull(features, "features");
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(training, "training");
        Objects.requireNonNull(serving, "serving");
        List<String> problems = ShardingSupport.problems(training.sharding(), architecture, features.pooling());
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        exposed = exposed.stream()
                .distinct()
                .sorted(Comparator.comparing(ExposedField::path))
                .toList();
        requireOnce(exposed);
        techniques = techniques.stream().sorted().distinct().toList();
        if (serving.cachedItemTower() && architecture.paradigm() != Paradigm.DECOUPLED_SPARSE_NN) {
            throw new IllegalArgumentException("serving.cached-item-tower is true, but architecture.paradigm is "
                    + Labels.of(architecture.paradigm()) + "; allowed: "
                    + Labels.of(Paradigm.DECOUPLED_SPARSE_NN) + ", which has an item tower");
        }
        List<String> unread = UnreadSettings.of(architecture, features, data, training, paths(exposed));
        if (!unread.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", unread));
        }
    }

    /** Paths of the fields that a model may tune. */
    public List<String> exposedPaths() {
        return paths(exposed);
    }

    private static List<String> paths(List<ExposedField> fields) {
        return fields.stream().map(ExposedField::path).toList();
    }

    private static void requireOnce(List<ExposedField> exposed) {
        for (int i = 1; i < exposed.size(); i++) {
            if (exposed.get(i).path().equals(exposed.get(i - 1).path())) {
                throw new IllegalArgumentException("field " + exposed.get(i).path() + " is exposed twice: "
                        + exposed.get(i - 1) + " and " + exposed.get(i) + "; allowed: once");
            }
        }
    }

    public Template withArchitecture(Architecture value) {
        return new Template(name, value, features, data, training, serving, exposed, techniques);
    }

    public Template withFeatures(FeatureTemplate value) {
        return new Template(name, architecture, value, data, training, serving, exposed, techniques);
    }

    public Template withData(DataTemplate value) {
        return new Template(name, architecture, features, value, training, serving, exposed, techniques);
    }

    public Template withTraining(TrainingTemplate value) {
        return new Template(name, architecture, features, data, value, serving, exposed, techniques);
    }

    public Template withServing(ServingTemplate value) {
        return new Template(name, architecture, features, data, training, value, exposed, techniques);
    }

    public Template withExposed(List<ExposedField> value) {
        return new Template(name, architecture, features, data, training, serving, value, techniques);
    }

    public Template withTechniques(List<String> value) {
        return new Template(name, architecture, features, data, training, serving, exposed, value);
    }
}
