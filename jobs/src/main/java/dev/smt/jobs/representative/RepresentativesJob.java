package dev.smt.jobs.representative;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.representative.RepresentativesResult.Assignment;
import dev.smt.jobs.representative.RepresentativesResult.ElbowPoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;

/**
 * Picks the representative model set M_R and the holdout set M_H (paper, section 3.3.1): k-means over the attribute
 * space, k by the elbow, and of each cluster the real model nearest to the centroid, ties by model id.
 */
public final class RepresentativesJob {
    private final SparkSession spark;

    public RepresentativesJob(SparkSession spark) {
        this.spark = spark;
    }

    /**
     * Clusters the fleet.
     *
     * @throws InvalidInputException when k is above the number of models
     */
    public RepresentativesResult run(List<FleetModel> fleet, RepresentativesConfiguration configuration) {
        AttributeSpace space = AttributeSpace.of(fleet, configuration.weights());
        requireModels(space, configuration);
        int from = configuration.k().orElse(Math.min(configuration.kMin(), space.size()));
        int to = configuration.k().orElse(Math.min(configuration.kMax(), space.distinctPoints()));
        List<Clustering> sweep = new KMeansSweep(spark, configuration.restarts(), configuration.seed())
                .run(space.points(), space.distinctPoints(), from, Math.max(from, to));
        int chosen = Elbow.of(sweep.stream().mapToDouble(Clustering::wssse).toArray());
        Clustering clustering = sweep.get(chosen);
        int[] representatives = nearestToCentroid(clustering, space.size());
        Set<Integer> holdout = holdout(clustering, representatives, space.size(), configuration);
        List<String> warnings = new ArrayList<>(space.warnings());
        configuration.k().ifPresent(k -> {
            if (clustering.size() < k) {
                warnings.add("k-means found " + clustering.size() + " clusters of the " + k + " asked for");
            }
        });
        return new RepresentativesResult(
                elbow(sweep, chosen),
                assignments(space, clustering, representatives, holdout),
                CoverageOfFleet.of(space.points(), representatives, configuration.seed()),
                CategoryCoverage.of(
                        space.models(),
                        IntStream.of(representatives)
                                .mapToObj(space.models()::get)
                                .toList()),
                space.varianceShares(),
                warnings);
    }

    private static void requireModels(AttributeSpace space, RepresentativesConfiguration configuration) {
        configuration.k().ifPresent(k -> {
            if (k > space.size()) {
                throw new InvalidInputException(
                        "representatives.k is " + k + "; allowed: at most " + space.size() + ", the number of models");
            }
        });
        if (configuration.k().isEmpty() && configuration.kMin() > space.size()) {
            throw new InvalidInputException("representatives.k-min is " + configuration.kMin() + "; allowed: at most "
                    + space.size() + ", the number of models");
        }
    }

    private static List<ElbowPoint> elbow(List<Clustering> sweep, int chosen) {
        List<ElbowPoint> points = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < sweep.size(); i++) {
            Clustering clustering = sweep.get(i);
            boolean repeated = !seen.add(clustering.size());
            if (i == chosen) {
                points.removeIf(point -> point.k() == clustering.size());
            }
            if (i == chosen || !repeated) {
                points.add(new ElbowPoint(clustering.size(), clustering.wssse(), clustering.silhouette(), i == chosen));
            }
        }
        return points;
    }

    /** One model per cluster; models are in the order of their ids, so the first of equals has the smallest id. */
    private static int[] nearestToCentroid(Clustering clustering, int models) {
        return IntStream.range(0, clustering.size())
                .map(cluster -> IntStream.range(0, models)
                        .filter(model -> clustering.clusterOf(model) == cluster)
                        .boxed()
                        .min(Comparator.comparingDouble(clustering::squaredDistance))
                        .orElseThrow())
                .toArray();
    }

    /** A share of each cluster's other models, at least one where there is one and the share is above 0. */
    private static Set<Integer> holdout(
            Clustering clustering, int[] representatives, int models, RepresentativesConfiguration configuration) {
        Set<Integer> holdout = new HashSet<>();
        SplittableRandom random = new SplittableRandom(configuration.seed());
        for (int cluster = 0; cluster < clustering.size(); cluster++) {
            int of = cluster;
            List<Integer> others = new ArrayList<>(IntStream.range(0, models)
                    .filter(model -> clustering.clusterOf(model) == of && model != representatives[of])
                    .boxed()
                    .toList());
            int wanted = (int) Math.ceil(configuration.holdoutShare() * others.size());
            for (int i = 0; i < wanted; i++) {
                holdout.add(others.remove(random.nextInt(others.size())));
            }
        }
        return holdout;
    }

    private static List<Assignment> assignments(
            AttributeSpace space, Clustering clustering, int[] representatives, Set<Integer> holdout) {
        double[][] plane = PrincipalPlane.of(space.points());
        List<Assignment> assignments = new ArrayList<>();
        for (int model = 0; model < space.size(); model++) {
            int cluster = clustering.clusterOf(model);
            assignments.add(new Assignment(
                    space.models().get(model).id(),
                    cluster,
                    Math.sqrt(clustering.squaredDistance(model)),
                    representatives[cluster] == model,
                    holdout.contains(model),
                    plane[model][0],
                    plane[model][1]));
        }
        return assignments;
    }
}
