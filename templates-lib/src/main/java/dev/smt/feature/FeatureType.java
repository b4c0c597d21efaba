package dev.smt.feature;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The feature types of the paper's feature template (section 3.2.1): top-K selection works per type. */
public enum FeatureType {
    NUMERIC,
    ID,
    EMBEDDING,
    TRANSFORM,
    EVENT,
    OTHER;

    /** The type's name in tables, configurations and templates, such as {@code numeric}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a label.
     *
     * @throws IllegalArgumentException naming the value and what is allowed
     */
    public static FeatureType ofLabel(String label) {
        return Arrays.stream(values())
                .filter(type -> type.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("feature type is \"" + label + "\"; allowed: "
                        + Arrays.stream(values()).map(FeatureType::label).collect(Collectors.joining(", "))));
    }
}
