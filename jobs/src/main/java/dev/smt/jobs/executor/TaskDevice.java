package dev.smt.jobs.executor;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;

/** The device of the Spark task that runs now. Safe for several threads. */
public final class TaskDevice {
    /** Spark's name of the resource. */
    public static final String RESOURCE = "gpu";
    /** The id of the executor that is the driver, on one machine: no Spark gives out GPUs there. */
    public static final String DRIVER = "driver";

    private static final String FIRST = "0";

    /** Of GPUs that could not be used. They are asked once: it takes longer than a short training. */
    private final Map<Optional<String>, DeviceChoice.Decision> refused = new ConcurrentHashMap<>();

    /** By the application's setting, and what Spark gave the task. */
    public DeviceChoice.Decision decide() {
        Optional<String> given = given();
        DeviceChoice.Decision known = refused.get(given);
        if (known != null) {
            return known;
        }
        DeviceChoice.Decision decision =
                ExecutorSettings.of(SparkEnv.get().conf()).device().decide(given);
        if (decision.problem().isPresent()) {
            refused.put(given, decision);
        }
        return decision;
    }

    /** Whether the task was given a GPU. */
    public static boolean isGiven() {
        return resource().isPresent();
    }

    private static Optional<String> given() {
        return SparkEnv.get().executorId().equals(DRIVER) ? Optional.of(FIRST) : resource();
    }

    private static Optional<String> resource() {
        return Optional.ofNullable(TaskContext.get().resourcesJMap().get(RESOURCE))
                .map(information -> information.addresses()[0]);
    }
}
