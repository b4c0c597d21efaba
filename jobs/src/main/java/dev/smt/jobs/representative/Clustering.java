package dev.smt.jobs.representative;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A partition of the points into non-empty clusters, numbered by their first point, with the exact means of their
 * members as centroids. Two partitions that are the same have the same numbers, whatever the order in which k-means
 * found them.
 */
final class Clustering {
    private final double[][] points;
    private final int[] clusterOf;
    private final double[][] centroids;
    private final int[] sizes;
    private final double[] costs;

    private Clustering(double[][] points, int[] clusterOf, int clusters) {
        this.points = points;
        this.clusterOf = clusterOf;
        this.centroids = new double[clusters][points[0].length];
        this.sizes = new int[clusters];
        this.costs = new double[clusters];
        for (int i = 0; i < points.length; i++) {
            sizes[clusterOf[i]]++;
            for (int j = 0; j < points[i].length; j++) {
                centroids[clusterOf[i]][j] += points[i][j];
            }
        }
        for (int cluster = 0; cluster < clusters; cluster++) {
            for (int j = 0; j < centroids[cluster].length; j++) {
                centroids[cluster][j] /= sizes[cluster];
            }
        }
        for (int i = 0; i < points.length; i++) {
            costs[clusterOf[i]] += squaredDistance(i);
        }
    }

    /** Every point goes to its nearest centre; a centre that gets none makes no cluster. */
    static Clustering around(double[][] centres, double[][] points) {
        int[] nearest = Arrays.stream(points)
                .mapToInt(point -> Distances.nearest(point, centres))
                .toArray();
        Map<Integer, Integer> numbers = new LinkedHashMap<>();
        int[] clusterOf = Arrays.stream(nearest)
                .map(centre -> numbers.computeIfAbsent(centre, unseen -> numbers.size()))
                .toArray();
        return new Clustering(points, clusterOf, numbers.size());
    }

    /** Number of clusters: may be below the k that was asked for. */
    int size() {
        return sizes.length;
    }

    int clusterOf(int point) {
        return clusterOf[point];
    }

    /** The squared distance of a point to its cluster's centroid. */
    double squaredDistance(int point) {
        return Distances.squared(points[point], centroids[clusterOf[point]]);
    }

    /** A coordinate of all centroids. */
    double[] centroidColumn(int column) {
        return Arrays.stream(centroids)
                .mapToDouble(centroid -> centroid[column])
                .toArray();
    }

    /** The sum of the squared distances of all points to their centroids. */
    double wssse() {
        return Arrays.stream(costs).sum();
    }

    /**
     * The mean silhouette over squared Euclidean distances, as MLlib's ClusteringEvaluator defines it; a point that is
     * alone in its cluster counts 0. The mean squared distance of x to a cluster with centroid c is |x - c|^2 plus the
     * cluster's own mean squared distance to c, so this is exact and linear in the number of points.
     *
     * @return empty where there are fewer than two clusters
     */
    OptionalDouble silhouette() {
        if (size() < 2) {
            return OptionalDouble.empty();
        }
        double sum = 0;
        for (int i = 0; i < points.length; i++) {
            sum += silhouette(i);
        }
        return OptionalDouble.of(sum / points.length);
    }

    private double silhouette(int point) {
        int own = clusterOf[point];
        if (sizes[own] == 1) {
            return 0;
        }
        double within = meanSquaredDistance(point, own) * sizes[own] / (sizes[own] - 1);
        double nearestOther = Double.POSITIVE_INFINITY;
        for (int cluster = 0; cluster < size(); cluster++) {
            if (cluster != own) {
                nearestOther = Math.min(nearestOther, meanSquaredDistance(point, cluster));
            }
        }
        double larger = Math.max(within, nearestOther);
        return larger == 0 ? 0 : (nearestOther - within) / larger;
    }

    private double meanSquaredDistance(int point, int cluster) {
        return Distances.squared(points[point], centroids[cluster]) + costs[cluster] / sizes[cluster];
    }
}
