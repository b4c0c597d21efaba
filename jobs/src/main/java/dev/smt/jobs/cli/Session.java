package dev.smt.jobs.cli;

import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.jobs.run.Progress;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.table.Warehouse;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** A Spark session with the warehouse open; closing it ends the session. */
final class Session implements AutoCloseable {
    private static final String PREFIX = "spark.";
    private static final String MASTER = PREFIX + "master";

    private final RunContext context;

    private Session(RunContext context) {
        this.context = context;
    }

    static Session open(SmtConfiguration configuration, Settings settings, PrintWriter out) {
        SparkSession spark = spark(settings.spark());
        Progress progress = new Progress(out, System.console() != null, Clock.systemUTC());
        try {
            Warehouse warehouse = Warehouse.open(spark, settings.warehouse());
            return new Session(new RunContext(warehouse, configuration, progress, Clock.systemUTC()));
        } catch (RuntimeException failure) {
            spark.stop();
            throw failure;
        }
    }

    RunContext context() {
        return context;
    }

    /** A session with the program's settings; what the configuration says wins, with or without the first "spark.". */
    static SparkSession spark(Map<String, String> settings) {
        SparkConf conf = new SparkConf();
        conf.setIfMissing(MASTER, "local[*]");
        conf.setIfMissing("spark.app.name", "smt");
        conf.set("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension");
        conf.set("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
        conf.setIfMissing("spark.sql.session.timeZone", "UTC");
        if (conf.get(MASTER).startsWith("local")) {
            conf.setIfMissing("spark.ui.enabled", "false");
            conf.setIfMissing("spark.sql.shuffle.partitions", "4");
            conf.setIfMissing("spark.databricks.delta.snapshotPartitions", "2");
            conf.setIfMissing("spark.sql.sources.parallelPartitionDiscovery.parallelism", "4");
        }
        settings.forEach((key, value) -> conf.set(key.startsWith(PREFIX) ? key : PREFIX + key, value));
        return SparkSession.builder().config(conf).getOrCreate();
    }

    @Override
    public void close() {
        context.spark().stop();
    }
}
