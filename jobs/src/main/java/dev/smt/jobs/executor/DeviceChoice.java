package dev.smt.jobs.executor;

import dev.smt.training.ComputeDevice;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Where trainings compute: key {@code executors.device}. */
public enum DeviceChoice {
    /** On the GPU that the task was given, where PyTorch can use it. */
    AUTO,
    CPU,
    /** On a GPU, or not at all. */
    GPU;

    static List<String> keys() {
        return Stream.of(values()).map(DeviceChoice::key).toList();
    }

    static DeviceChoice of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * A task's device.
     *
     * @param device none where the choice is {@link #GPU} and there is none
     * @param problem why it is not on the GPU that it was given, or should have been
     */
    public record Decision(Optional<ComputeDevice> device, Optional<String> problem) {}

    /**
     * Decides for one task.
     *
     * @param given the GPU's address; none where the task was given none
     */
    public Decision decide(Optional<String> given) {
        if (this == CPU) {
            return new Decision(Optional.of(ComputeDevice.CPU), Optional.empty());
        }
        if (given.isEmpty()) {
            return without("its tasks are given no GPU; set spark.executor.resource.gpu.amount and"
                    + " spark.task.resource.gpu.amount, or executors.device = cpu (docs/gpus.md)");
        }
        if (!given.get().matches("\\d{1,3}") || Integer.parseInt(given.get()) > ComputeDevice.LAST) {
            return without("the GPU's address is \"" + given.get()
                    + "\"; allowed: its number on the host, from 0, as deploy/spark/find-gpus gives it; or executors.device = cpu"
                    + " (docs/gpus.md)");
        }
        ComputeDevice gpu = new ComputeDevice.Gpu(Integer.parseInt(given.get()));
        return gpu.problem()
                .map(why -> without("PyTorch can't use GPU " + given.get() + ": " + why
                        + "; give a build of it for CUDA (docs/gpus.md), or executors.device = cpu"))
                .orElseGet(() -> new Decision(Optional.of(gpu), Optional.empty()));
    }

    private Decision without(String problem) {
        return new Decision(this == GPU ? Optional.empty() : Optional.of(ComputeDevice.CPU), Optional.of(problem));
    }
}
