package dev.smt.jobs.preflight;

import dev.smt.jobs.executor.DeviceChoice;
import dev.smt.jobs.executor.TaskDevice;
import dev.smt.jobs.lease.LocalHost;
import dev.smt.training.ComputeDevice;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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

    private final String warehouse;
    private final Configuration hadoop;

    ExecutorCheck(String warehouse, Configuration hadoop) {
        this.warehouse = warehouse;
        this.hadoop = hadoop;
    }

    ExecutorReport run() {
        Set<String> problems = new TreeSet<>();
        long heap = Runtime.getRuntime().maxMemory() / MEGABYTE;
        if (heap < LEAST_HEAP) {
            problems.add("its heap is " + heap + " MB; allowed: " + LEAST_HEAP
                    + " MB or more (spark.executor.memory, or SMT_HEAP on one machine)");
        }
        Set<String> devices = new TreeSet<>();
        Set<String> warnings = new TreeSet<>();
        Optional<String> broken = ComputeDevice.CPU.problem();
        broken.ifPresentOrElse(
                why -> problems.add("PyTorch's native library does not work: " + why
                        + "; the jars pytorch-jni and pytorch-native-cpu must be among those of the submit, the system needs"
                        + " glibc 2.28 or later, and the folder DJL_CACHE_DIR (else ~/.djl.ai) 500 MB of room"),
                () -> device(devices, warnings, problems));
        warehouse(problems);
        return new ExecutorReport(SparkEnv.get().executorId(), LocalHost.name(), heap, devices, warnings, problems);
    }

    /** A warning only where a GPU was meant for the task. */
    private static void device(Set<String> devices, Set<String> warnings, Set<String> problems) {
        DeviceChoice.Decision decision = new TaskDevice().decide();
        decision.device().ifPresentOrElse(device -> devices.add(device.toString()), () -> decision.problem()
                .ifPresent(problems::add));
        if (decision.device().isPresent() && TaskDevice.isGiven()) {
            decision.problem().ifPresent(warnings::add);
        }
    }

    private void warehouse(Set<String> problems) {
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
