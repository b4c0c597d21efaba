package dev.smt.jobs.trial;

import dev.smt.jobs.executor.DeviceChoice;
import dev.smt.jobs.executor.ExecutorSettings;
import dev.smt.jobs.executor.TaskDevice;
import dev.smt.training.ModelSizes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;

/**
 * How many trainings share a GPU of an executor: as many as fit its memory, by estimate. Spark counts shares of a GPU, not its
 * memory, so each batch of trainings asks for the share that its largest one needs.
 */
final class GpuSharing {
    /** What CUDA takes in each process, before any training. */
    static final long CONTEXT_BYTES = 800_000_000L;

    /** More trainings on one GPU only wait for each other. */
    private static final int MOST = 32;

    private final long gpuBytes;
    private final int most;
    private final Map<Integer, ResourceProfile> profiles = new HashMap<>();

    /**
     * Of one application.
     *
     * @param gpuBytes memory of a GPU; 0: Spark's settings say how many trainings share one
     * @param most trainings that an executor can have beside each other on each of its GPUs
     */
    GpuSharing(long gpuBytes, int most) {
        this.gpuBytes = gpuBytes;
        this.most = Math.max(1, Math.min(MOST, most));
    }

    /** As the application's settings say; no sharing where Spark gives out no GPUs, or trainings are to use none. */
    static GpuSharing of(SparkContext spark) {
        SparkConf conf = spark.conf();
        ExecutorSettings settings = ExecutorSettings.of(conf);
        int gpus = conf.getInt("spark.executor.resource." + TaskDevice.RESOURCE + ".amount", 0);
        if (spark.isLocal() || gpus == 0 || settings.device() == DeviceChoice.CPU) {
            return new GpuSharing(0, 1);
        }
        int tasks = conf.getInt("spark.executor.cores", MOST * gpus) / conf.getInt("spark.task.cpus", 1);
        return new GpuSharing(settings.gpuBytes(), tasks / gpus);
    }

    /** Trainings that share one GPU, where the largest takes so many bytes of it; 1 or more. */
    int trainingsPerGpu(long largest) {
        return (int) Math.max(1, Math.min(most, (gpuBytes - CONTEXT_BYTES) / Math.max(1, largest)));
    }

    /** What a task with one of these trainings asks for; none: what every task of the application has. */
    synchronized Optional<ResourceProfile> profile(List<TrialModel> trials) {
        if (gpuBytes == 0 || trials.isEmpty()) {
            return Optional.empty();
        }
        long largest = trials.stream()
                .map(TrialModel::specification)
                .distinct()
                .mapToLong(ModelSizes::deviceBytes)
                .max()
                .orElseThrow();
        return Optional.of(profiles.computeIfAbsent(trainingsPerGpu(largest), trainings -> new ResourceProfileBuilder()
                .require(new TaskResourceRequests().cpus(1).resource(TaskDevice.RESOURCE, 1.0 / trainings))
                .build()));
    }
}
