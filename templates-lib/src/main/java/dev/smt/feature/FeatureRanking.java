package dev.smt.feature;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The order of features by importance: the most important first, ties by name. */
public final class FeatureRanking {
    private static final Comparator<FeatureImportance> MOST_IMPORTANT_FIRST = Comparator.comparingDouble(
                    FeatureImportance::importance)
            .reversed()
            .thenComparing(FeatureImportance::feature);

    private FeatureRanking() {}

    /**
     * All features in order, whatever their type.
     *
     * @throws IllegalArgumentException with every feature that is there twice or whose importance is not a number
     */
    public static List<FeatureImportance> of(Collection<FeatureImportance> importances) {
        requireRankable(importances);
        return importances.stream().sorted(MOST_IMPORTANT_FIRST).toList();
    }

    /** The features of each type in order, types in their declared order; a type without features is not there. */
    public static Map<FeatureType, List<FeatureImportance>> byType(Collection<FeatureImportance> importances) {
        EnumMap<FeatureType, List<FeatureImportance>> ranked = new EnumMap<>(FeatureType.class);
        for (FeatureImportance importance : of(importances)) {
            ranked.computeIfAbsent(importance.type(), type -> new ArrayList<>()).add(importance);
        }
        ranked.replaceAll((type, list) -> List.copyOf(list));
        return Collections.unmodifiableMap(ranked);
    }

    private static void requireRankable(Collection<FeatureImportance> importances) {
        Set<String> names = new HashSet<>();
        List<String> problems = new ArrayList<>();
        for (FeatureImportance importance : importances) {
            if (Double.isNaN(importance.importance())) {
                problems.add("the importance of feature " + importance.feature() + " is not a number");
            }
            if (!names.add(importance.feature())) {
                problems.add("feature " + importance.feature() + " is ranked twice");
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }
}
