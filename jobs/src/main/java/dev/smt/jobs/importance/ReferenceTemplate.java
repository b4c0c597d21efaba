package dev.smt.jobs.importance;

import dev.smt.feature.FeatureTemplate;
import dev.smt.feature.FeatureType;
import dev.smt.template.Template;
import java.util.EnumMap;

/** The template of the models whose features are ranked: a template that reads every feature, sequences too. */
final class ReferenceTemplate {
    private static final int EVERY = Integer.MAX_VALUE;

    private ReferenceTemplate() {}

    static Template of(Template template) {
        EnumMap<FeatureType, Integer> every = new EnumMap<>(FeatureType.class);
        for (FeatureType type : FeatureType.values()) {
            every.put(type, EVERY);
        }
        FeatureTemplate features = template.features();
        return template.withFeatures(
                new FeatureTemplate(every, features.selection(), features.maxSequenceLength(), features.pooling()));
    }
}
