package dev.smt.nn.graph;

import ai.djl.ndarray.NDArray;

/** A function of one tensor whose gradient is written by hand. Both methods leave their arguments as they are. */
public interface DifferentiableFunction {

    /** The function, by operations that the engine can differentiate; the result belongs to the input's manager. */
    NDArray forward(NDArray input);

    /** The same where nobody differentiates it, however it is fastest; equal up to rounding. */
    default NDArray value(NDArray input) {
        return forward(input);
    }

    /**
     * The gradient of the loss by the input.
     *
     * @param input what {@link #forward} was called with
     * @param outputGradient the gradient of the loss by the output, in the output's shape
     */
    NDArray backward(NDArray input, NDArray outputGradient);
}
