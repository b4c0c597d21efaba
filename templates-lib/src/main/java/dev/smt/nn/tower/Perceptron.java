package dev.smt.nn.tower;

import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.List;

/** Multi-layer perceptrons: [B, W] to [B, output], a ReLU after each hidden layer. */
public final class Perceptron {
    private Perceptron() {}

    /**
     * A new perceptron.
     *
     * @param hidden widths of the hidden layers; empty: one linear layer
     * @param output width of the last layer, which is linear
     * @param bias whether the last layer has a bias
     */
    public static SequentialBlock of(List<Integer> hidden, int output, boolean bias) {
        SequentialBlock block = new SequentialBlock();
        for (int width : hidden) {
            block.add(Linear.builder().setUnits(width).build());
            block.add(Activation.reluBlock());
        }
        return block.add(Linear.builder().setUnits(output).optBias(bias).build());
    }
}
