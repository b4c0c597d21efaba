package dev.smt.jobs;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** The one Spark session of all tests. */
public final class TestSpark {
    private TestSpark() {}

    /** Starts the session on the first call; it ends with the JVM. */
    public static SparkSession session() {
        return Holder.SESSION;
    }

    private static final class Holder {
        private static final SparkSession SESSION = start();

        private static SparkSession start() {
            SparkSession session = SparkSession.builder()
                    .appName("tests")
                    .master("local[2]")
                    .config("spark.ui.enabled", "false")
                    .config("spark.sql.shuffle.partitions", "2")
                    .config("spark.sql.session.timeZone", "UTC")
                    .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                    .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                    .config("spark.databricks.delta.snapshotPartitions", "2")
                    .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", "4")
                    .config(
                            "spark.sql.warehouse.dir",
                            Path.of("target", "spark-warehouse")
                                    .toAbsolutePath()
                                    .toString())
                    .getOrCreate();
            // What fails shows as an exception; Spark's log repeats it for every expected failure.
            session.sparkContext().setLogLevel("FATAL");
            return session;
        }
    }
}
