package dev.smt.feature;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The features that top-K selection chose.
 *
 * @param selected names per type, the most important first; every type is there
 * @param warnings one per type that has fewer features than its K
 */
public record FeatureSelection(Map<FeatureType, List<String>> selected, List<String> warnings) implements Serializable {
    public FeatureSelection {
        EnumMap<FeatureType, List<String>> copy = new EnumMap<>(FeatureType.class);
        for (FeatureType type : FeatureType.values()) {
            copy.put(type, List.copyOf(selected.getOrDefault(type, List.of())));
        }
        selected = Collections.unmodifiableMap(copy);
        warnings = List.copyOf(warnings);
    }

    /** The chosen features of a type, the most important first. */
    public List<String> of(FeatureType type) {
        return selected.get(type);
    }

    /** All chosen features: types in their declared order, within a type the most important first. */
    public List<String> names() {
        return selected.values().stream().flatMap(List::stream).toList();
    }
}
