package dev.smt.template;

import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureTemplate;
import dev.smt.feature.FeatureType;
import dev.smt.feature.Transform;
import dev.smt.nn.Paradigm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The features that a template's declarations make of a model's features. */
final class DerivedFeatures {
    private final Template template;
    private final Map<String, Feature> sources = new LinkedHashMap<>();
    private final List<Transform> transforms = new ArrayList<>();

    /**
     * The declared transforms whose sources are there, then crosses of the most important ids.
     *
     * @param usable the features that may be sources
     * @param ranked the chosen features, the most important first
     */
    DerivedFeatures(Template template, Collection<Feature> usable, List<Feature> ranked) {
        this.template = template;
        usable.forEach(feature -> sources.put(feature.name(), feature));
        template.features().transforms().stream()
                .filter(transform -> transform.isComputableFrom(sources.keySet()))
                .forEach(transforms::add);
        crosses(ranked).stream().filter(cross -> !transforms.contains(cross)).forEach(transforms::add);
    }

    List<Transform> transforms() {
        return transforms;
    }

    /** The features that they make; asked for only where there are no problems. */
    List<Feature> features() {
        return transforms.stream().map(transform -> transform.feature(sources)).toList();
    }

    /** Transforms whose sources are of the wrong kind, or in different towers. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (Transform transform : transforms) {
            try {
                transform.feature(sources);
            } catch (IllegalArgumentException e) {
                problems.add(e.getMessage());
            }
            if (hasTwoTowers() && transform.mixesSides(sources)) {
                problems.add("transform " + transform.text() + " is of features of the item side and of another, and"
                        + " template " + template.name() + " has two towers, which meet only at their outputs; use a"
                        + " single-tower template, or sources of one side");
            }
        }
        return problems;
    }

    private List<Transform> crosses(List<Feature> ranked) {
        FeatureTemplate features = template.features();
        List<Feature> ids = ranked.stream()
                .filter(feature -> feature.type() == FeatureType.ID && feature.column() instanceof IdColumn)
                .limit(features.crossedIds())
                .toList();
        List<Transform> crosses = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            for (int j = i + 1; j < ids.size(); j++) {
                if (!hasTwoTowers() || isItem(ids.get(i)) == isItem(ids.get(j))) {
                    String first = ids.get(i).name();
                    String second = ids.get(j).name();
                    // In the order of the names: a change of rank that leaves the pairs leaves the features.
                    crosses.add(
                            first.compareTo(second) < 0
                                    ? new Transform.Cross(first, second, features.crossBuckets())
                                    : new Transform.Cross(second, first, features.crossBuckets()));
                }
            }
        }
        return crosses;
    }

    private boolean hasTwoTowers() {
        return template.architecture().paradigm() == Paradigm.DECOUPLED_SPARSE_NN;
    }

    private static boolean isItem(Feature feature) {
        return feature.side() == FeatureSide.ITEM;
    }
}
