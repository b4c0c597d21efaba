package dev.smt.jobs.cli;

import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.jobs.run.Progress;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.table.Warehouse;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** A Spark session with the warehouse open; closing it ends the session. */
final class Session implements AutoCloseable {
    private static final String PREFIX = "spark.";
    private static final String MASTER = PREFIX + "master";
    private static final String SECRET = PREFIX + "authenticate.secret";
    private static final String SECRET_VARIABLE = "_SPARK_AUTH_SECRET";

    private final RunContext context;

    private Session(RunContext context) {
        this.context = context;
    }

    /** A session whose warehouse is made where it is missing. */
    static Session open(SmtConfiguration configuration, Settings settings, PrintWriter out) {
        return open(configuration, settings, out, Warehouse::open);
    }

    /** A session that leaves the warehouse as it is. */
    static Session look(SmtConfiguration configuration, Settings settings, PrintWriter out) {
        return open(configuration, settings, out, Warehouse::look);
    }

    private static Session open(
            SmtConfiguration configuration,
            Settings settings,
            PrintWriter out,
            BiFunction<SparkSession, String, Warehouse> opening) {
        SparkSession spark = spark(settings.spark());
        Progress progress = new Progress(out, System.console() != null, Clock.systemUTC());
        try {
            Warehouse warehouse = opening.apply(spark, settings.warehouse());
            return new Session(new RunContext(warehouse, configuration, progress, Clock.systemUTC()));
        } catch (RuntimeException failure) {
            spark.stop();
            throw failure;
        }
    }

    RunContext context() {
        return context;
    }

    /** A session with the program's settings. */
    static SparkSession spark(Map<String, String> settings) {
        return SparkSession.builder().config(conf(settings, System.getenv())).getOrCreate();
    }

    /**
     * Spark's settings and the program's; what the configuration says wins, with or without the first "spark.".
     *
     * @param environment where a standalone cluster's secret may be: Spark's own driver takes it only as a setting, and a
     *     setting of a submit can be seen by everybody on the machine
     * @throws InvalidInputException where a standalone cluster needs a secret and there is none
     */
    static SparkConf conf(Map<String, String> settings, Map<String, String> environment) {
        SparkConf conf = new SparkConf();
        conf.set("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension");
        conf.set("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
        settings.forEach((key, value) -> conf.set(key.startsWith(PREFIX) ? key : PREFIX + key, value));
        conf.setIfMissing(MASTER, "local[*]");
        conf.setIfMissing("spark.app.name", "smt");
        conf.setIfMissing("spark.sql.session.timeZone", "UTC");
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

    @Override
    public void close() {
        context.spark().stop();
    }
}
