package dev.smt.nn.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.smt.nn.HiddenLayers;
import dev.smt.nn.layer.LayerStore;
import dev.smt.nn.tower.Perceptron;
import java.util.ArrayList;
import java.util.List;

/**
 * Multi-gate mixture of experts (Ma et al. 2018, Eq. 5 to 7): [B, W] to [B, E * V]. All events share the experts, which
 * are perceptrons [B, W] to [B, H]; each event weighs them by a softmax gate of its own, and a linear layer of its own
 * follows.
 */
public final class MultiGateMixtureOfExperts extends AbstractBlock {
    private final List<Block> experts = new ArrayList<>();
    private final List<Block> gates = new ArrayList<>();
    private final List<Block> outputs = new ArrayList<>();
    private final int expertWidth;
    private final int width;

    /**
     * A new mixture.
     *
     * @param count number of experts, 1 or more
     * @param hidden widths of each expert's layers, at least one; H is the last
     * @param layers what follows the linear map of each of them
     * @param events E
     * @param width V
     * @param bias whether the last layers have a bias
     */
    public MultiGateMixtureOfExperts(
            int count, List<Integer> hidden, HiddenLayers layers, int events, int width, boolean bias) {
        this.expertWidth = hidden.get(hidden.size() - 1);
        this.width = width;
        for (int expert = 0; expert < count; expert++) {
            experts.add(addChildBlock("expert", Perceptron.hidden(hidden, layers)));
        }
        for (int event = 0; event < events; event++) {
            gates.add(addChildBlock(
                    "gate", Linear.builder().setUnits(count).optBias(false).build()));
            outputs.add(addChildBlock(
                    "output", Linear.builder().setUnits(width).optBias(bias).build()));
        }
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDList expertOutputs = new NDList();
        for (Block expert : experts) {
            expertOutputs.add(expert.forward(store, inputs, training).head().expandDims(1));
        }
        // The engine's concatenation of a single array is a copy that has no gradient.
        NDArray mixture = expertOutputs.size() == 1 ? expertOutputs.head() : NDArrays.concat(expertOutputs, 1);
        NDList results = new NDList();
        for (int event = 0; event < gates.size(); event++) {
            NDArray gate = LayerStore.forward(store, gates.get(event), inputs, training)
                    .head()
                    .softmax(1);
            NDArray mixed = mixture.mul(gate.expandDims(2)).sum(new int[] {1});
            results.add(LayerStore.forward(store, outputs.get(event), new NDList(mixed), training)
                    .head());
        }
        return new NDList(results.size() == 1 ? results.head() : NDArrays.concat(results, 1));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0), (long) gates.size() * width)};
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
        experts.forEach(expert -> expert.initialize(manager, dataType, inputs[0]));
        gates.forEach(gate -> gate.initialize(manager, dataType, inputs[0]));
        Shape mixed = new Shape(inputs[0].get(0), expertWidth);
        outputs.forEach(output -> output.initialize(manager, dataType, mixed));
    }
}
