package dev.smt.jobs.representative;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * MLlib's k-means for several k. The points are a few hundred to a few thousand, so they go into one partition, in
 * order: the result then depends neither on the number of partitions nor on the number of cores.
 */
final class KMeansSweep {
    private static final int MAX_ITERATIONS = 100;
    /** k-means|| draws about 2k candidates a step; more steps than MLlib's two make a missed cluster rarer. */
    private static final int SEEDING_STEPS = 4;

    private final SparkSession spark;
    private final int restarts;
    private final long seed;

    KMeansSweep(SparkSession spark, int restarts, long seed) {
        this.spark = spark;
        this.restarts = restarts;
        this.seed = seed;
    }

    /**
     * The best clustering of several restarts for every k from {@code from} to {@code to}.
     *
     * @param distinct number of distinct points: a larger k can't have more clusters than that
     */
    List<Clustering> run(double[][] points, int distinct, int from, int to) {
        Dataset<Row> rows = spark.createDataFrame(
                        Arrays.stream(points)
                                .map(point -> RowFactory.create(Vectors.dense(point)))
                                .toList(),
                        new StructType(new StructField[] {
                            new StructField("features", SQLDataTypes.VectorType(), false, Metadata.empty())
                        }))
                .coalesce(1)
                .cache();
        try {
            List<Clustering> clusterings = new ArrayList<>();
            for (int k = from; k <= to; k++) {
                boolean saturated = k > distinct && !clusterings.isEmpty();
                clusterings.add(
                        saturated
                                ? clusterings.get(clusterings.size() - 1)
                                : best(rows, points, Math.min(k, distinct)));
            }
            return clusterings;
        } finally {
            rows.unpersist();
        }
    }

    private Clustering best(Dataset<Row> rows, double[][] points, int k) {
        if (k == 1) { // MLlib's k-means wants two.
            return Clustering.around(new double[][] {new double[points[0].length]}, points);
        }
        Clustering best = fit(rows, points, k, seed);
        for (int restart = 1; restart < restarts; restart++) {
            Clustering other = fit(rows, points, k, seed + restart);
            best = other.wssse() < best.wssse() ? other : best;
        }
        return best;
    }

    private static Clustering fit(Dataset<Row> rows, double[][] points, int k, long seed) {
        Vector[] centres = new KMeans()
                .setK(k)
                .setSeed(seed)
                .setMaxIter(MAX_ITERATIONS)
                .setInitSteps(SEEDING_STEPS)
                .fit(rows)
                .clusterCenters();
        return Clustering.around(Arrays.stream(centres).map(Vector::toArray).toArray(double[][]::new), points);
    }
}
