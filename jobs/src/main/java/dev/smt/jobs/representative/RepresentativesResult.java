package dev.smt.jobs.representative;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The representatives of a fleet.
 *
 * @param elbow one entry per k that was tried
 * @param assignments one per model, by model id
 * @param coverage how well the representatives cover the fleet
 * @param categoryCoverage share of each attribute's categories that the representatives show
 * @param varianceShares each attribute's share of the total variance
 * @param structure how firm the clusters are, and what makes them
 * @param warnings what the user should know
 */
public record RepresentativesResult(
        List<ElbowPoint> elbow,
        List<Assignment> assignments,
        Coverage coverage,
        Map<Attribute, Double> categoryCoverage,
        Map<Attribute, Double> varianceShares,
        FleetStructure structure,
        List<String> warnings) {
    public RepresentativesResult {
        elbow = List.copyOf(elbow);
        assignments = List.copyOf(assignments);
        categoryCoverage = Map.copyOf(categoryCoverage);
        varianceShares = Map.copyOf(varianceShares);
        warnings = List.copyOf(warnings);
    }

    /**
     * One k.
     *
     * @param k clusters that k-means found, which may be fewer than asked for
     * @param wssse within-cluster sum of squared distances
     * @param silhouette mean silhouette; empty for one cluster
     * @param isElbow whether it was chosen
     */
    public record ElbowPoint(int k, double wssse, OptionalDouble silhouette, boolean isElbow) {}

    /**
     * A model's place.
     *
     * @param distance to its cluster's centroid
     * @param pc1 first principal coordinate
     * @param pc2 second principal coordinate
     */
    public record Assignment(
            String modelId,
            int cluster,
            double distance,
            boolean isRepresentative,
            boolean isHoldout,
            double pc1,
            double pc2) {}

    /**
     * How far the models are from the nearest representative.
     *
     * @param mean mean distance
     * @param max largest distance
     * @param betterThanRandom share of random draws of as many models with a larger mean distance
     */
    public record Coverage(double mean, double max, double betterThanRandom) {}
}
