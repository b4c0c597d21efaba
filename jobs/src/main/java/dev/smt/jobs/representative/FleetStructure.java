package dev.smt.jobs.representative;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How firm the clusters are, and what makes them.
 *
 * @param stability mean adjusted Rand index of the clusters and those that other seeds find with the same k; 1: the same
 * @param leastStability the smallest of them
 * @param explained share of each attribute's variance that lies between the clusters: 1 where no cluster mixes its values
 * @param drive each attribute's share of the variance between the clusters
 */
public record FleetStructure(
        double stability, double leastStability, Map<Attribute, Double> explained, Map<Attribute, Double> drive) {
    public FleetStructure {
        explained = Map.copyOf(explained);
        drive = Map.copyOf(drive);
    }

    /**
     * The structure that a clustering has.
     *
     * @param others clusterings of the same points by other seeds; none: the clusters count as stable
     */
    static FleetStructure of(AttributeSpace space, Clustering clustering, List<Clustering> others) {
        double[] agreements = others.stream()
                .mapToDouble(other -> ClusterAgreement.adjustedRand(clustering, other, space.size()))
                .toArray();
        double sum = 0;
        double least = 1;
        for (double agreement : agreements) {
            sum += agreement;
            least = Math.min(least, agreement);
        }
        EnumMap<Attribute, Double> between = new EnumMap<>(Attribute.class);
        EnumMap<Attribute, Double> explained = new EnumMap<>(Attribute.class);
        double all = 0;
        for (Attribute attribute : Attribute.values()) {
            double total = 0;
            double within = 0;
            for (int column : space.columns(attribute)) {
                double[] cluster = clustering.centroidColumn(column);
                for (int model = 0; model < space.size(); model++) {
                    double value = space.points()[model][column];
                    double off = value - cluster[clustering.clusterOf(model)];
                    // The columns' means are 0.
                    total += value * value;
                    within += off * off;
                }
            }
            between.put(attribute, total - within);
            explained.put(attribute, total > 0 ? 1 - within / total : 0);
            all += total - within;
        }
        double sumOfAll = all;
        between.replaceAll((attribute, own) -> sumOfAll > 0 ? own / sumOfAll : 0);
        return new FleetStructure(
                agreements.length == 0 ? 1 : sum / agreements.length,
                least,
                Collections.unmodifiableMap(explained),
                Collections.unmodifiableMap(between));
    }
}
