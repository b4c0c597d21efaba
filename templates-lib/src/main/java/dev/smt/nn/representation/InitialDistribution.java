package dev.smt.nn.representation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;

/**
 * Says that a parameter begins with normal values, where it wants others than its type has. Whoever initializes the network
 * draws them from its own seed; the engine's is global to the process.
 *
 * @param deviation standard deviation; the mean is 0
 */
public record InitialDistribution(double deviation) implements Initializer {
    @Override
    public NDArray initialize(NDManager manager, Shape shape, DataType dataType) {
        return manager.zeros(shape, dataType);
    }
}
