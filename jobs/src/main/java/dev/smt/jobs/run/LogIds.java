package dev.smt.jobs.run;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.slf4j.MDC;

/**
 * Ids that the log lines of a thread carry, on the driver and on the executors that work for it: Spark hands its local
 * properties whose name begins with {@code mdc.} to each task's log.
 */
public final class LogIds {
    private static final String PREFIX = "mdc.";

    private LogIds() {}

    /** Sets ids by name, such as run and step, for this thread and those that it starts. */
    public static void set(SparkContext spark, Map<String, String> ids) {
        ids.forEach((name, value) -> {
            spark.setLocalProperty(PREFIX + name, value);
            MDC.put(PREFIX + name, value);
        });
    }

    /** Takes ids back. */
    public static void clear(SparkContext spark, Iterable<String> names) {
        names.forEach(name -> {
            spark.setLocalProperty(PREFIX + name, null);
            MDC.remove(PREFIX + name);
        });
    }

    /** Does work of a task, on an executor, whose log lines carry these ids too. */
    public static <T> T with(Map<String, String> ids, Supplier<T> work) {
        ids.forEach((name, value) -> MDC.put(PREFIX + name, value));
        try {
            return work.get();
        } finally {
            ids.keySet().forEach(name -> MDC.remove(PREFIX + name));
        }
    }
}
