package dev.smt.importance;

import dev.smt.feature.Feature;
import dev.smt.feature.FeatureImportance;
import dev.smt.feature.FeatureRanking;
import dev.smt.importance.PermutedRows.Question;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
        List<List<Feature>> groups = groups(reference).stream()
                .filter(group -> group.stream().anyMatch(features::contains))
                .toList();
        Map<String, FeatureImportance> importances = byFeature(permuted.of(
                groups.stream().flatMap(List::stream).map(Question::new).toList()));
        importances.putAll(byFeature(permuted.of(groups.stream()
                .filter(group -> group.size() > 1)
                .map(group -> together(group, importances))
                .toList())));
        return features.stream().map(feature -> importances.get(feature.name())).toList();
    }

    /** Of the member that matters most alone: what all of them say. */
    private static Question together(List<Feature> group, Map<String, FeatureImportance> alone) {
        String first = FeatureRanking.of(
                        group.stream().map(member -> alone.get(member.name())).toList())
                .get(0)
                .feature();
        return new Question(
                group.stream()
                        .filter(member -> member.name().equals(first))
                        .findFirst()
                        .orElseThrow(),
                group.stream().map(Feature::name).toList());
    }

    private static Map<String, FeatureImportance> byFeature(List<FeatureImportance> importances) {
        return importances.stream()
                .collect(Collectors.toMap(FeatureImportance::feature, one -> one, (a, b) -> a, HashMap::new));
    }

    /** The model's features in groups that say the same. */
    public List<List<Feature>> groups(ReferenceModel reference) {
        return FeatureGroups.of(
                reference.model().withTransforms(reference.validation()), reference.features(), threshold);
    }
}
