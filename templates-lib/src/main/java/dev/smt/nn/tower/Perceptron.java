package dev.smt.nn.tower;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import dev.smt.nn.HiddenLayers;
import dev.smt.nn.HiddenLayers.Normalization;
import dev.smt.nn.graph.SigmoidLinearUnit;
import java.util.List;

/** Multi-layer perceptrons: [B, W] to [B, output]. */
public final class Perceptron {
    private Perceptron() {}

    /**
     * A new perceptron.
     *
     * @param hidden widths of the hidden layers; empty: one linear layer
     * @param layers what follows the linear map of each hidden layer
     * @param output width of the last layer, which is linear
     * @param bias whether the last layer has a bias
     */
    public static SequentialBlock of(List<Integer> hidden, HiddenLayers layers, int output, boolean bias) {
        return hidden(hidden, layers)
                .add(Linear.builder().setUnits(output).optBias(bias).build());
    }

    /** Hidden layers only, [B, W] to the last one's width. */
    public static SequentialBlock hidden(List<Integer> hidden, HiddenLayers layers) {
        SequentialBlock block = new LayerSequence();
        for (int width : hidden) {
            block.add(Linear.builder().setUnits(width).build());
            if (layers.normalization() == Normalization.LAYER) {
                block.add(LayerNorm.builder().axis(1).build());
            }
            block.add(activation(layers.activation()));
            if (layers.dropout() > 0) {
                block.add(new Dropout(layers.dropout()));
            }
        }
        return block;
    }

    private static Block activation(HiddenLayers.Activation activation) {
        return switch (activation) {
            case RELU -> Activation.reluBlock();
            case GELU -> Activation.geluBlock();
            case SILU -> new LambdaBlock(inputs -> new NDList(SigmoidLinearUnit.of(inputs.head())), "silu");
        };
    }
}
