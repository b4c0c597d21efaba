package dev.smt.jobs.table;

import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import scala.Tuple2;

/**
 * Spark's settings of Delta, in the words of Delta's kernel.
 *
 * @param spark the application's settings
 */
record KernelSettings(SparkConf spark) {
    private static final String LOG_STORE = "spark.delta.logStore.";
    private static final String STORAGE = "spark.io.delta.storage.";
    private static final String PROPERTIES = "spark.databricks.delta.properties.defaults.";

    /**
     * Where a log store is set, commits of the driver must go through the same: two kinds don't keep writers apart.
     *
     * @param scheme of the tables' file system
     */
    void addTo(Configuration hadoop, String scheme) {
        startingWith(LOG_STORE)
                .forEach((name, value) -> hadoop.set(
                        "io.delta.kernel.logStore." + (name.equals("class") ? scheme + ".impl" : name), value));
        startingWith(STORAGE).forEach((name, value) -> hadoop.set(STORAGE + name, value));
    }

    /** Properties that new tables get. */
    Map<String, String> propertiesOfNewTables() {
        Map<String, String> properties = new TreeMap<>();
        startingWith(PROPERTIES).forEach((name, value) -> properties.put("delta." + name, value));
        return properties;
    }

    private Map<String, String> startingWith(String prefix) {
        Map<String, String> found = new TreeMap<>();
        for (Tuple2<String, String> setting : spark.getAll()) {
            if (setting._1().startsWith(prefix)) {
                found.put(setting._1().substring(prefix.length()), setting._2());
            }
        }
        return found;
    }
}
