package dev.smt.jobs.executor;

import dev.smt.jobs.config.ConfigSection;
import java.time.Duration;
import java.util.Map;
import org.apache.spark.SparkConf;

/**
 * Section {@code executors}: how executors work. It changes no result, but for trainings that take longer than the limit.
 * Executors read it from the application's Spark settings.
 *
 * @param trainingLimit a training that takes longer is stopped, and fails
 * @param localBytes of encoded examples, unpacked, that each executor keeps on its disk
 * @param device where trainings compute
 * @param gpuBytes memory of one GPU; 0: Spark's settings say how many trainings share one
 */
public record ExecutorSettings(Duration trainingLimit, long localBytes, DeviceChoice device, long gpuBytes) {
    private static final String TRAINING_LIMIT = "spark.smt.training.limit.seconds";
    private static final String LOCAL_BYTES = "spark.smt.local.bytes";
    private static final String DEVICE = "spark.smt.device";
    private static final String GPU_BYTES = "spark.smt.gpu.bytes";
    private static final double DEFAULT_GIGABYTES = 50;
    private static final double BYTES_PER_GIGABYTE = 1e9;
    private static final double DEFAULT_HOURS = 24;
    private static final double SECONDS_PER_HOUR = 3600;

    public static ExecutorSettings read(ConfigSection section) {
        double hours = section.real(
                "training-limit-hours",
                DEFAULT_HOURS,
                value -> value > 0 && Double.isFinite(value),
                "above 0 (hours after which a training is stopped)");
        double gigabytes = section.real(
                "local-gigabytes",
                DEFAULT_GIGABYTES,
                value -> value >= 0 && Double.isFinite(value),
                "0 or more (most gigabytes of encoded examples, unpacked, that an executor keeps on its disk)");
        String device = section.choice("device", DeviceChoice.keys(), DeviceChoice.AUTO.key());
        double gpuGigabytes = section.real(
                "gpu-gigabytes",
                0,
                value -> value >= 0 && Double.isFinite(value),
                "0 or more (gigabytes of memory of one GPU, by which trainings share it; 0: as"
                        + " spark.task.resource.gpu.amount says)");
        return new ExecutorSettings(
                Duration.ofMillis(Math.round(hours * SECONDS_PER_HOUR * 1e3)),
                Math.round(gigabytes * BYTES_PER_GIGABYTE),
                DeviceChoice.of(device),
                Math.round(gpuGigabytes * BYTES_PER_GIGABYTE));
    }

    public static ExecutorSettings of(SparkConf conf) {
        double seconds = conf.getDouble(TRAINING_LIMIT, DEFAULT_HOURS * SECONDS_PER_HOUR);
        return new ExecutorSettings(
                Duration.ofMillis(Math.round(seconds * 1e3)),
                conf.getLong(LOCAL_BYTES, Math.round(DEFAULT_GIGABYTES * BYTES_PER_GIGABYTE)),
                DeviceChoice.of(conf.get(DEVICE, DeviceChoice.AUTO.key())),
                conf.getLong(GPU_BYTES, 0));
    }

    /** As settings of a Spark application. */
    public Map<String, String> spark() {
        return Map.of(
                TRAINING_LIMIT,
                Double.toString(trainingLimit.toMillis() / 1e3),
                LOCAL_BYTES,
                Long.toString(localBytes),
                DEVICE,
                device.key(),
                GPU_BYTES,
                Long.toString(gpuBytes));
    }
}
