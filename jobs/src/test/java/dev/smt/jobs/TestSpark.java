package dev.smt.jobs;

import org.apache.spark.sql.SparkSession;

/** The one Spark session that all tests share; it ends with the JVM. */
public final class TestSpark {
    private TestSpark() {}

    /** The session: two local cores, Delta, settings that make small jobs fast. */
    public static SparkSession session() {
        return Holder.SESSION;
    }

    private static final class Holder {
        private static final SparkSession SESSION = SparkSession.builder()
                .master("local[2]")
                .appName("tests")
                .config("spark.ui.enabled", false)
                .config("spark.sql.shuffle.partitions", 2)
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", 4)
                .config("spark.databricks.delta.snapshotPartitions", 2)
                .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .getOrCreate();
    }
}
