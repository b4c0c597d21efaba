package dev.smt.jobs.cli;

import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.jobs.run.Progress;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.SparkSettings;
import dev.smt.jobs.table.Warehouse;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.spark.sql.SparkSession;

/** A Spark session with the warehouse open; closing it ends the session. */
final class Session implements AutoCloseable {
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
        return SparkSession.builder()
                .config(SparkSettings.of(settings, System.getenv()))
                .getOrCreate();
    }

    @Override
    public void close() {
        context.spark().stop();
    }
}
