package dev.smt.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Optional;

/**
 * Where the dense part of a network computes: the processor, or a GPU of its host. Embedding tables stay in the JVM's memory;
 * a batch's vectors and their gradients travel.
 */
public sealed interface ComputeDevice {
    ComputeDevice CPU = new Cpu();
    /** PyTorch counts in a byte. */
    int LAST = 127;

    /** The processor. */
    record Cpu() implements ComputeDevice {
        @Override
        public String toString() {
            return "cpu";
        }
    }

    /**
     * A GPU.
     *
     * @param number as the CUDA driver counts those that the process sees, from 0
     */
    record Gpu(int number) implements ComputeDevice {
        public Gpu {
            if (number < 0 || number > LAST) {
                throw new IllegalArgumentException("GPU " + number + "; allowed: 0 to " + LAST);
            }
        }

        @Override
        public String toString() {
            return "gpu:" + number;
        }
    }

    /** What keeps this process from computing there; empty where it can. Starts the engine. */
    default Optional<String> problem() {
        try (NDManager manager = Torch.newManager(this);
                NDArray two = manager.create(new float[] {1, 2});
                NDArray sum = two.add(two)) {
            float[] values = sum.toFloatArray();
            return values[0] == 2 && values[1] == 4
                    ? Optional.empty()
                    : Optional.of("PyTorch computes 1 + 1 = " + values[0] + " there");
        } catch (Exception | LinkageError broken) {
            // The engine's messages go on for lines; their first sentence says it.
            String first =
                    String.valueOf(broken.getMessage()).lines().findFirst().orElse("");
            return Optional.of(
                    first.split("\\. ", 2)[0] + " (" + broken.getClass().getSimpleName() + ")");
        }
    }
}
