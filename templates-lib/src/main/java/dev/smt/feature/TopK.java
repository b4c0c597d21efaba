package dev.smt.feature;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Selects the K most important features of each type (paper, section 3.2.1). Types don't compete: the list of one type
 * depends on the features and the K of that type only.
 */
public final class TopK {
    private TopK() {}

    /**
     * Selects.
     *
     * @param ranking importances in any order
     * @param k K per type, 0 or more; a type that is not named has K = 0
     * @return the selection; where K is above the number of ranked features, all of them and a warning
     */
    public static FeatureSelection select(Collection<FeatureImportance> ranking, Map<FeatureType, Integer> k) {
        Map<FeatureType, List<FeatureImportance>> ranked = FeatureRanking.byType(ranking);
        EnumMap<FeatureType, List<String>> selected = new EnumMap<>(FeatureType.class);
        List<String> warnings = new ArrayList<>();
        for (FeatureType type : FeatureType.values()) {
            int wanted = k.getOrDefault(type, 0);
            if (wanted < 0) {
                throw new IllegalArgumentException(
                        "top-K of " + type.label() + " is " + wanted + "; allowed: 0 or more");
            }
            List<FeatureImportance> ofType = ranked.getOrDefault(type, List.of());
            if (wanted > ofType.size()) {
                warnings.add("top-K of " + type.label() + " is " + wanted + ", and " + ofType.size()
                        + " features of this type are ranked: all are selected");
            }
            selected.put(
                    type,
                    ofType.stream()
                            .limit(wanted)
                            .map(FeatureImportance::feature)
                            .toList());
        }
        return new FeatureSelection(selected, warnings);
    }
}
