package dev.smt.nn.interaction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;

/**
 * The cross network of DCN v2 (Wang et al. 2021): [B, F, D] to [B, F * D]. A layer is
 * {@code x' = x0 * (W x + b) + x} (Eq. 1), with W = U V^T where a rank is given (Eq. 2).
 */
public final class CrossNetwork extends AbstractBlock {
    private final int rank;
    private final List<Block> down = new ArrayList<>();
    private final List<Block> up = new ArrayList<>();

    /**
     * A new cross network.
     *
     * @param width F * D
     * @param layers 1 or more
     * @param rank of the weight matrices; 0: full
     */
    public CrossNetwork(int width, int layers, int rank) {
        this.rank = rank;
        for (int layer = 0; layer < layers; layer++) {
            if (rank > 0) {
                down.add(addChildBlock(
                        "down", Linear.builder().setUnits(rank).optBias(false).build()));
            }
            up.add(addChildBlock("up", Linear.builder().setUnits(width).build()));
        }
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        Shape shape = inputs.head().getShape();
        NDArray first = inputs.head().reshape(shape.get(0), shape.get(1) * shape.get(2));
        NDArray x = first;
        for (int layer = 0; layer < up.size(); layer++) {
            NDList input = new NDList(x);
            NDList inner = rank > 0 ? down.get(layer).forward(store, input, training) : input;
            x = first.mul(up.get(layer).forward(store, inner, training).head()).addi(x);
        }
        return new NDList(x);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0), inputs[0].get(1) * inputs[0].get(2))};
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
        Shape flat = getOutputShapes(inputs)[0];
        for (int layer = 0; layer < up.size(); layer++) {
            if (rank > 0) {
                down.get(layer).initialize(manager, dataType, flat);
            }
            up.get(layer).initialize(manager, dataType, rank > 0 ? new Shape(flat.get(0), rank) : flat);
        }
    }
}
