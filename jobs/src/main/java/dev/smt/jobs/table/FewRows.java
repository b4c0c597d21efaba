package dev.smt.jobs.table;

import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** A session for tables that fit the driver: to generate code, and to plan anew at every stage, costs more there than all else. */
final class FewRows {
    private static final Map<String, String> SETTINGS = Map.of(
            "spark.sql.codegen.wholeStage", "false",
            "spark.sql.codegen.factoryMode", "NO_CODEGEN",
            "spark.sql.adaptive.enabled", "false",
            "spark.sql.shuffle.partitions", "1");

    private FewRows() {}

    /** Another session of the same application. */
    static SparkSession session(SparkSession spark) {
        SparkSession session = spark.newSession();
        SETTINGS.forEach((key, value) -> session.conf().set(key, value));
        return session;
    }
}
