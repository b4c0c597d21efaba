package dev.smt.importance;

import dev.smt.feature.Feature;
import dev.smt.feature.FeatureImportance;
import dev.smt.feature.FeatureRanking;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Permutation importance that features which say the same can't hide from each other: where one is permuted, the model reads it
 * from the others. Those of a {@linkplain FeatureGroups group} are permuted together too; that is the importance of the member that
 * matters most alone, and the others keep what they add.
 *
 * @param alone how single features and groups are measured
 * @param threshold least association within a group
 */
public record GroupedPermutation(PermutationImportance alone, double threshold) implements ImportanceMethod {
    /** Of the method. */
    public static final String NAME = "grouped-permutation";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<FeatureImportance> of(ReferenceModel reference, List<Feature> features) {
        reference.require(features);
        PermutedRows permuted = alone.permuted(reference);
        Map<String, FeatureImportance> importances = new HashMap<>();
        for (List<Feature> group : groups(reference)) {
            if (group.stream().anyMatch(features::contains)) {
                of(group, permuted).forEach(member -> importances.put(member.feature(), member));
            }
        }
        return features.stream().map(feature -> importances.get(feature.name())).toList();
    }

    private static List<FeatureImportance> of(List<Feature> group, PermutedRows permuted) {
        List<FeatureImportance> single = group.stream()
                .map(feature -> permuted.of(feature, List.of(feature.name())))
                .toList();
        if (group.size() == 1) {
            return single;
        }
        String first = FeatureRanking.of(single).get(0).feature();
        List<String> together = group.stream().map(Feature::name).toList();
        return group.stream()
                .map(feature -> feature.name().equals(first)
                        ? permuted.of(feature, together)
                        : single.get(group.indexOf(feature)))
                .toList();
    }

    /** The model's features in groups that say the same. */
    public List<List<Feature>> groups(ReferenceModel reference) {
        return FeatureGroups.of(
                reference.model().withTransforms(reference.validation()), reference.features(), threshold);
    }
}
