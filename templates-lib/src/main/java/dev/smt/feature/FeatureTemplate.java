package dev.smt.feature;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Which features a template's models use: the K most important of each type (paper, section 3.2.1).
 *
 * @param topK K per type; a type that is not named has K = 0, so that equal templates are equal values
 * @param selection the run id of the {@code feature_selection} snapshot that ranks the features; empty: none is pinned,
 *     features then rank by name
 * @param maxSequenceLength ids used of each sequence, the most recent first; at least 1
 * @param pooling how a sequence's embeddings become one vector
 */
public record FeatureTemplate(
        Map<FeatureType, Integer> topK, String selection, int maxSequenceLength, SequencePooling pooling)
        implements Serializable {

    /** How the embeddings of a sequence become one vector. */
    public enum SequencePooling {
        SUM,
        MEAN
    }

    public FeatureTemplate {
        EnumMap<FeatureType, Integer> copy = new EnumMap<>(FeatureType.class);
        for (FeatureType type : FeatureType.values()) {
            copy.put(type, 0);
        }
        topK.forEach((type, k) -> {
            if (k < 0) {
                throw new IllegalArgumentException("top-K of " + type.label() + " is " + k + "; allowed: 0 or more");
            }
            copy.put(type, k);
        });
        topK = Collections.unmodifiableMap(copy);
        Objects.requireNonNull(selection, "selection");
        Objects.requireNonNull(pooling, "pooling");
        if (maxSequenceLength < 1) {
            throw new IllegalArgumentException("max sequence length is " + maxSequenceLength + "; allowed: 1 or more");
        }
    }
}
