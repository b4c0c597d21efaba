package dev.smt.jobs;

import dev.smt.jobs.run.SparkSettings;
import java.nio.file.Path;
import java.util.Map;
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
            Map<String, String> settings = Map.of(
                    "app.name", "tests",
                    "master", "local[2]",
                    "sql.shuffle.partitions", "2",
                    "sql.warehouse.dir",
                            Path.of("target", "spark-warehouse")
                                    .toAbsolutePath()
                                    .toString());
            SparkSession session = SparkSession.builder()
                    .config(SparkSettings.of(settings, Map.of()))
                    .getOrCreate();
            // What fails shows as an exception; Spark's log repeats it for every expected failure.
            session.sparkContext().setLogLevel("FATAL");
            return session;
        }
    }
}
