package dev.smt.jobs.run;

import dev.smt.jobs.config.InvalidInputException;
import java.util.Map;
import org.apache.spark.SparkConf;

/** Spark's settings as this program wants them, wherever it runs. */
public final class SparkSettings {
    private static final String PREFIX = "spark.";
    private static final String MASTER = PREFIX + "master";
    private static final String SECRET = PREFIX + "authenticate.secret";
    private static final String SECRET_VARIABLE = "_SPARK_AUTH_SECRET";

    private SparkSettings() {}

    /**
     * Spark's settings and the program's; what the configuration says wins.
     *
     * @param settings the configuration's, with or without the first "spark."
     * @param environment where a standalone cluster's secret may be: Spark's own driver takes it only as a setting, and a
     *     setting of a submit can be seen by everybody on the machine
     * @throws InvalidInputException where a standalone cluster needs a secret and there is none
     */
    public static SparkConf of(Map<String, String> settings, Map<String, String> environment) {
        SparkConf conf = new SparkConf();
        conf.set("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension");
        conf.set("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
        settings.forEach((key, value) -> conf.set(key.startsWith(PREFIX) ? key : PREFIX + key, value));
        conf.setIfMissing(MASTER, "local[*]");
        conf.setIfMissing("spark.app.name", "smt");
        conf.setIfMissing("spark.sql.session.timeZone", "UTC");
        // First in, first out, a table's commit would wait for every training that was sent before it.
        conf.setIfMissing("spark.scheduler.mode", "FAIR");
        // A result table's log is small: Delta's 50 tasks for each look at it cost more than all else that it does.
        conf.setIfMissing("spark.databricks.delta.snapshotPartitions", "2");
        conf.setIfMissing("spark.databricks.delta.properties.defaults.checkpointInterval", "50");
        conf.setIfMissing("spark.sql.sources.parallelPartitionDiscovery.parallelism", "4");
        if (conf.get(MASTER).startsWith("local")) {
            conf.setIfMissing("spark.ui.enabled", "false");
            conf.setIfMissing("spark.sql.shuffle.partitions", "4");
        }
        if (conf.get(MASTER).startsWith("spark://") && conf.getBoolean("spark.authenticate", false)) {
            authenticate(conf, environment);
        }
        return conf;
    }

    private static void authenticate(SparkConf conf, Map<String, String> environment) {
        if (conf.contains(SECRET)) {
            return;
        }
        String secret = environment.getOrDefault(SECRET_VARIABLE, "");
        if (secret.isEmpty()) {
            throw new InvalidInputException("spark.authenticate is on, and the environment variable " + SECRET_VARIABLE
                    + " is not set; set it to the same secret for master, workers and this command");
        }
        conf.set(SECRET, secret);
    }
}
