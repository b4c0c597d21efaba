package dev.smt.jobs.trial;

import dev.smt.jobs.executor.DeviceChoice;
import dev.smt.jobs.executor.ExecutorSettings;
import dev.smt.jobs.executor.TaskDevice;
import dev.smt.jobs.preflight.Preflight;
import dev.smt.jobs.run.SparkSettings;
import dev.smt.jobs.table.Warehouse;
import dev.smt.training.ModelSizes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.SparkSession;

/**
 * A program on a cluster of processes whose discovery script names two GPUs: says what the preflight found, and on which GPU and
 * when, in milliseconds, each of eight trainings ran that only wait; first with memory for two of them, then for one. The argument
 * is an empty folder.
 */
final class GpuCluster {
    private static final int TRAININGS = 8;
    private static final int MILLISECONDS = 400;

    private GpuCluster() {}

    public static void main(String[] arguments) throws IOException {
        try (SparkSession spark = SparkSession.builder()
                .config(SparkSettings.of(Map.of(), System.getenv()))
                .getOrCreate()) {
            Warehouse warehouse = Warehouse.open(spark, arguments[0]);
            new Preflight(warehouse).reports().forEach(report -> {
                System.out.println("devices " + report.devices());
                report.warnings().forEach(warning -> System.out.println("warning " + warning));
                report.problems().forEach(problem -> System.out.println("problem " + problem));
            });
            for (int together : List.of(2, 1)) {
                long memory = GpuSharing.CONTEXT_BYTES
                        + together
                                * ModelSizes.deviceBytes(
                                        TrialExamples.trial("a").specification());
                new ExecutorSettings(Duration.ofHours(1), 0, DeviceChoice.AUTO, memory)
                        .spark()
                        .forEach(spark.sparkContext().conf()::set);
                train(warehouse, "room for " + together);
            }
        }
    }

    private static void train(Warehouse warehouse, String room) {
        try (ExecutorFanOut executors = new ExecutorFanOut(warehouse, (cache, trial) -> waited(trial))) {
            executors.evaluate(
                    IntStream.range(0, TRAININGS)
                            .mapToObj(i -> TrialExamples.trial("model-" + i))
                            .toList(),
                    outcome -> System.out.println(room + ": " + outcome.device()));
        }
    }

    private static TrialModelOutcome waited(TrialModel trial) {
        long begin = System.currentTimeMillis();
        try {
            TimeUnit.MILLISECONDS.sleep(MILLISECONDS);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
        String gpu = TaskContext.get().resourcesJMap().get(TaskDevice.RESOURCE).addresses()[0];
        String when = gpu + " " + begin + " " + System.currentTimeMillis();
        return new TrialModelOutcome(trial.modelId(), null, Map.of(), List.of(), 1, 1, when, "host");
    }
}
