package dev.smt.feature;

import java.io.Serializable;
import java.util.Objects;

/**
 * How much a feature matters.
 *
 * @param feature name
 * @param type its type
 * @param importance rise of NE in percent without what the feature says; higher is more important
 * @param standardError of the importance, in percent NE; NaN where it is not known
 */
public record FeatureImportance(String feature, FeatureType type, double importance, double standardError)
        implements Serializable {
    public FeatureImportance {
        Objects.requireNonNull(feature, "feature");
        Objects.requireNonNull(type, "type");
    }
}
