package dev.smt.feature;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
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
 * @param transforms declared features, beside the K of their type; one whose sources a pipeline lacks is left out there
 * @param crossedIds m: each two of the m most important ID features are crossed; 0: none
 * @param crossBuckets most ids of such a cross, at least 1
 */
public record FeatureTemplate(
        Map<FeatureType, Integer> topK,
        String selection,
        int maxSequenceLength,
        SequencePooling pooling,
        List<Transform> transforms,
        int crossedIds,
        int crossBuckets)
        implements Serializable {
    public static final int DEFAULT_CROSS_BUCKETS = 100_000;

    /** How the embeddings of a sequence become one vector. */
    public enum SequencePooling {
        SUM,
        MEAN,
        /** A sum in which every position has a learned weight, which begins at 1 (TorchRec's PositionWeightedModule). */
        POSITION_WEIGHTED,
        /** A sum weighted by how each id goes with the item's vectors (DIN, Zhou et al. 2018); for one tower only. */
        TARGET_ATTENTION,
        /** A self-attention layer (HSTU, Zhai et al. 2024), then the mean. */
        SELF_ATTENTION;

        /** Whether the vectors of all ids are needed, rather than their weighted sum. */
        public boolean attends() {
            return this == TARGET_ATTENTION || this == SELF_ATTENTION;
        }
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
        transforms = transforms.stream().distinct().toList();
        if (crossedIds < 0 || crossBuckets < 1) {
            throw new IllegalArgumentException("crossed ids are " + crossedIds + ", cross buckets " + crossBuckets
                    + "; allowed: 0 (none) or more crossed ids, 1 bucket or more");
        }
    }

    /** The same with another K per type and another ranking; transforms, crosses and sequences stay. */
    public FeatureTemplate withSelection(Map<FeatureType, Integer> newTopK, String newSelection) {
        return new FeatureTemplate(
                newTopK, newSelection, maxSequenceLength, pooling, transforms, crossedIds, crossBuckets);
    }

    /** A feature template without transforms. */
    public FeatureTemplate(
            Map<FeatureType, Integer> topK, String selection, int maxSequenceLength, SequencePooling pooling) {
        this(topK, selection, maxSequenceLength, pooling, List.of(), 0, DEFAULT_CROSS_BUCKETS);
    }
}
