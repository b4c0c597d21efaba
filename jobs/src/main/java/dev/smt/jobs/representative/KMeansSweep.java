package dev.smt.jobs.representative;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.mllib.clustering.KMeans;
import org.apache.spark.mllib.clustering.KMeansModel;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.sql.SparkSession;

/**
 * MLlib's k-means for several k. The points are a few hundred to a few thousand, so they go into one partition, in
 * order: the result then depends neither on the number of partitions nor on the number of cores. The centres to start
 * from are chosen on the driver: MLlib's own seeding is made for points that do not fit there, and costs a dozen Spark
 * jobs a fit, which for so few points is most of the time.
 */
final class KMeansSweep {
    private static final int MAX_ITERATIONS = 100;

    private final SparkSession spark;
    private final int seedings;
    private final long seed;

    /** @param seedings k-means starts from the best of so many draws of its first centres */
    KMeansSweep(SparkSession spark, int seedings, long seed) {
        this.spark = spark;
        this.seedings = seedings;
        this.seed = seed;
    }

    /**
     * A clustering for every k from {@code from} to {@code to}.
     *
     * @param distinct number of distinct points: a larger k can't have more clusters than that
     */
    List<Clustering> run(double[][] points, int distinct, int from, int to) {
        JavaRDD<Vector> rows = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(Arrays.stream(points).map(Vectors::dense).toList(), 1)
                .cache();
        try {
            List<Clustering> clusterings = new ArrayList<>();
            for (int k = from; k <= to; k++) {
                boolean saturated = k > distinct && !clusterings.isEmpty();
                clusterings.add(
                        saturated
                                ? clusterings.get(clusterings.size() - 1)
                                : cluster(rows, points, Math.min(k, distinct)));
            }
            return clusterings;
        } finally {
            rows.unpersist();
        }
    }

    private Clustering cluster(JavaRDD<Vector> rows, double[][] points, int k) {
        double[][] start = KMeansSeeding.best(points, k, seedings, seed).centres();
        KMeansModel model = new KMeans()
                .setK(k)
                .setSeed(seed)
                .setMaxIterations(MAX_ITERATIONS)
                .setInitialModel(
                        new KMeansModel(Arrays.stream(start).map(Vectors::dense).toArray(Vector[]::new)))
                .run(rows.rdd());
        double[][] centres =
                Arrays.stream(model.clusterCenters()).map(Vector::toArray).toArray(double[][]::new);
        return Clustering.around(centres, points);
    }
}
