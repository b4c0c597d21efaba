package dev.smt.jobs.preflight;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.smt.jobs.lease.LocalHost;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;

/** Looks at the executor that it runs on. */
final class ExecutorCheck {
    /** PyTorch's code, a model and its examples do not fit into less. */
    static final long LEAST_HEAP = 400;

    private static final long MEGABYTE = 1L << 20;
    private static final String ENGINE = "PyTorch";

    private final String warehouse;
    private final Configuration hadoop;

    ExecutorCheck(String warehouse, Configuration hadoop) {
        this.warehouse = warehouse;
        this.hadoop = hadoop;
    }

    ExecutorReport run() {
        List<String> problems = new ArrayList<>();
        long heap = Runtime.getRuntime().maxMemory() / MEGABYTE;
        if (heap < LEAST_HEAP) {
            problems.add("its heap is " + heap + " MB; allowed: " + LEAST_HEAP
                    + " MB or more (spark.executor.memory, or SMT_HEAP on one machine)");
        }
        nativeLibrary(problems);
        warehouse(problems);
        return new ExecutorReport(SparkEnv.get().executorId(), LocalHost.name(), heap, problems);
    }

    private static void nativeLibrary(List<String> problems) {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), ENGINE);
                NDArray two = manager.create(new float[] {1, 2});
                NDArray sum = two.add(two)) {
            float[] values = sum.toFloatArray();
            if (values[0] != 2 || values[1] != 4) {
                problems.add("PyTorch's native library computes 1 + 1 = " + values[0] + "; give another build of it");
            }
        } catch (Exception | LinkageError broken) {
            problems.add("PyTorch's native library does not load: " + broken
                    + "; the jars pytorch-jni and pytorch-native-cpu must be among those of the submit, the system needs"
                    + " glibc 2.28 or later, and the folder DJL_CACHE_DIR (else ~/.djl.ai) 500 MB of room");
        }
    }

    private void warehouse(List<String> problems) {
        try {
            Path probe = new Path(warehouse, ".write-probe-" + UUID.randomUUID());
            FileSystem files = probe.getFileSystem(hadoop);
            if (!files.exists(probe.getParent())) {
                problems.add("it does not see the warehouse " + warehouse
                        + "; allowed: a folder that driver and executors share");
                return;
            }
            files.create(probe, false).close();
            files.delete(probe, false);
        } catch (IOException refused) {
            problems.add("it may not write to the warehouse " + warehouse + " (" + refused.getMessage() + ")");
        }
    }
}
