package dev.smt.nn.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * A number that tensors are multiplied with. The engine's own {@code mul(Number)} must not be differentiated: it makes a
 * tensor over memory that the garbage collector may take before the backward pass reads it. This one lives as long as
 * the manager that it is made in.
 */
public final class Constant {
    private final float value;
    private NDArray tensor;

    public Constant(double value) {
        this.value = (float) value;
    }

    /** Makes the tensor; a block calls it when it is initialized. */
    public void initialize(NDManager manager) {
        tensor = manager.create(new float[] {value});
    }

    /** The product; belongs to the tensor's manager. */
    public NDArray times(NDArray other) {
        return other.mul(tensor);
    }
}
