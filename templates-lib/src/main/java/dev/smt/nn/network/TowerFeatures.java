package dev.smt.nn.network;

import dev.smt.feature.Feature;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.Paradigm;
import java.util.List;

/**
 * The features of one tower, in the order of the tower's inputs.
 *
 * @param embedded id and sequence features
 * @param numeric numeric features
 */
public record TowerFeatures(List<Feature> embedded, List<Feature> numeric) {
    public TowerFeatures {
        embedded = List.copyOf(embedded);
        numeric = List.copyOf(numeric);
    }

    /**
     * The towers of a network: one, or the user tower (user and context features) and the item tower.
     *
     * @throws IllegalArgumentException when one of two towers would have no features
     */
    public static List<TowerFeatures> of(NetworkSpecification specification) {
        List<Feature> features = specification.features();
        if (specification.architecture().paradigm() == Paradigm.SPARSE_NN) {
            return List.of(of(features));
        }
        List<Feature> item = features.stream()
                .filter(feature -> feature.side() == FeatureSide.ITEM)
                .toList();
        List<Feature> user = features.stream()
                .filter(feature -> feature.side() != FeatureSide.ITEM)
                .toList();
        if (item.isEmpty() || user.isEmpty()) {
            throw new IllegalArgumentException("a two-tower network needs features on both sides; its "
                    + (item.isEmpty() ? "item" : "user") + " tower has none of "
                    + features.stream()
                            .map(feature -> feature.name() + " (" + feature.side() + ")")
                            .toList()
                    + ": allow such features, or use the paradigm " + Paradigm.SPARSE_NN);
        }
        return List.of(of(user), of(item));
    }

    private static TowerFeatures of(List<Feature> features) {
        return new TowerFeatures(
                features.stream()
                        .filter(feature -> !(feature.column() instanceof NumericColumn))
                        .toList(),
                features.stream()
                        .filter(feature -> feature.column() instanceof NumericColumn)
                        .toList());
    }
}
