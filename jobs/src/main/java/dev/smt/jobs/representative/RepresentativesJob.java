package dev.smt.jobs.representative;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.representative.RepresentativesResult.Assignment;
import dev.smt.jobs.representative.RepresentativesResult.ElbowPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.sql.SparkSession;

/**
 * Picks the representative model set M_R and the holdout set M_H (paper, section 3.3.1): k-means over the attribute
 * space, k by the elbow, and of each cluster the real model nearest to the centroid, ties by model id.
 */
public final class RepresentativesJob {
    private static final double ROUNDING = 1e-9;
    private static final int OTHER_SEEDS = 5;
    /** Restarts take the seeds that follow. */
    private static final long SEED_DISTANCE = 1_000_003;

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
        List<Clustering> sweep = sweep(space, configuration);
        int chosen = chosen(sweep, configuration);
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
                FleetStructure.of(space, clustering, byOtherSeeds(space, clustering.size(), configuration)),
                warnings);
    }

    /**
     * How far the fleet has moved from earlier representatives: they are compared with as many new ones, since more
     * representatives are nearer in any fleet.
     */
    FleetMove moveFrom(List<String> before, List<FleetModel> fleet, RepresentativesConfiguration configuration) {
        AttributeSpace space = AttributeSpace.of(fleet, configuration.weights());
        int k = Math.min(before.size(), space.size());
        Clustering clustering = new KMeansSweep(spark, configuration.restarts(), configuration.seed())
                .run(space.points(), space.distinctPoints(), k, k)
                .get(0);
        return FleetMove.of(
                space,
                before,
                IntStream.of(nearestToCentroid(clustering, space.size()))
                        .mapToObj(model -> space.models().get(model).id())
                        .toList());
    }

    private List<Clustering> byOtherSeeds(AttributeSpace space, int k, RepresentativesConfiguration configuration) {
        return LongStream.rangeClosed(1, OTHER_SEEDS)
                .mapToObj(other -> new KMeansSweep(
                                spark, configuration.restarts(), configuration.seed() + other * SEED_DISTANCE)
                        .run(space.points(), space.distinctPoints(), k, k)
                        .get(0))
                .toList();
    }

    private static void requireModels(AttributeSpace space, RepresentativesConfiguration configuration) {
        configuration.k().ifPresent(k -> {
            if (k > space.size()) {
                throw new InvalidInputException("representatives.k is " + k + "; allowed: at most " + space.size()
                        + ", the number of eligible models");
            }
        });
        // A fleet of one model is one cluster, whatever the smallest k.
        if (configuration.k().isEmpty() && configuration.kMin() > space.size() && space.size() > 1) {
            throw new InvalidInputException("representatives.k-min is " + configuration.kMin() + "; allowed: at most "
                    + space.size() + ", the number of eligible models");
        }
    }

    /**
     * The given k, or k-min to k-max with one more k at either end: an elbow needs a neighbour on both sides. The sweep
     * ends where every distinct model is a cluster of its own, for that is no grouping, unless the models come in groups
     * of equals.
     */
    private List<Clustering> sweep(AttributeSpace space, RepresentativesConfiguration configuration) {
        int distinct = space.distinctPoints();
        boolean groupsOfEquals = 2 * distinct <= space.size();
        int from = configuration.k().orElse(Math.max(1, configuration.kMin() - 1));
        int to = configuration
                .k()
                .orElse(groupsOfEquals ? configuration.kMax() + 1 : Math.min(configuration.kMax() + 1, distinct));
        return new KMeansSweep(spark, configuration.restarts(), configuration.seed())
                .run(space.points(), distinct, from, Math.max(from, to));
    }

    /** The index of the elbow; of k-min where the curve has none. */
    private static int chosen(List<Clustering> sweep, RepresentativesConfiguration configuration) {
        int elbow = Elbow.of(sweep.stream().mapToDouble(Clustering::wssse).toArray());
        boolean extended = configuration.k().isEmpty() && configuration.kMin() > 1;
        return Math.min(sweep.size() - 1, extended ? Math.max(1, elbow) : elbow);
    }

    /** One point per number of clusters found: several k may have found the same number. */
    private static List<ElbowPoint> elbow(List<Clustering> sweep, int chosen) {
        SortedMap<Integer, ElbowPoint> points = new TreeMap<>();
        for (int i = 0; i < sweep.size(); i++) {
            Clustering clustering = sweep.get(i);
            ElbowPoint point =
                    new ElbowPoint(clustering.size(), clustering.wssse(), clustering.silhouette(), i == chosen);
            points.merge(point.k(), point, (first, other) -> other.isElbow() ? other : first);
        }
        return List.copyOf(points.values());
    }

    /** One model per cluster; models are in the order of their ids, so the first of equals has the smallest id. */
    private static int[] nearestToCentroid(Clustering clustering, int models) {
        int[] nearest = new int[clustering.size()];
        Arrays.fill(nearest, -1);
        for (int model = 0; model < models; model++) {
            int cluster = clustering.clusterOf(model);
            if (nearest[cluster] < 0 || nearer(clustering, model, nearest[cluster])) {
                nearest[cluster] = model;
            }
        }
        return nearest;
    }

    /** Distances that differ by rounding only are equal: both models of a pair are as far from their mean. */
    private static boolean nearer(Clustering clustering, int model, int other) {
        return clustering.squaredDistance(model) < clustering.squaredDistance(other) * (1 - ROUNDING);
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
            int wanted = (int) Math.ceil(configuration.holdoutShare() * others.size() - ROUNDING);
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
