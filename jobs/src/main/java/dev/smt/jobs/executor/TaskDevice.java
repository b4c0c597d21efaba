package dev.smt.jobs.executor;

import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;

/** The device of the Spark task that runs now. */
public final class TaskDevice {
    /** Spark's name of the resource. */
    public static final String RESOURCE = "gpu";
    /** The id of the executor that is the driver, on one machine: no Spark gives out GPUs there. */
    public static final String DRIVER = "driver";

    private static final String FIRST = "0";

    private TaskDevice() {}

    /** By the application's setting, and what Spark gave the task. */
    public static DeviceChoice.Decision decide() {
        return ExecutorSettings.of(SparkEnv.get().conf()).device().decide(given());
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
