package dev.smt.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.smt.nn.HiddenLayers;
import dev.smt.nn.tower.Perceptron;
import java.util.List;

/** DLRM's dense part from DJL's own operations only: vectors [B, 26, 16] and numbers [B, 13] to logits [B, 1]. */
final class DlrmDense extends AbstractBlock {
    private static final int VECTORS = DlrmExamples.IDS + 1;
    private static final int PAIRS = VECTORS * (VECTORS - 1) / 2;

    private final Block bottom =
            addChildBlock("bottom", Perceptron.of(List.of(64), HiddenLayers.DEFAULT, DlrmExamples.DIMENSION, true));
    private final Block top = addChildBlock("top", Perceptron.of(List.of(256, 128), HiddenLayers.DEFAULT, 1, true));
    private NDArray places;

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        long rows = inputs.head().getShape().get(0);
        NDArray dense =
                bottom.forward(store, new NDList(inputs.get(1)), training).head();
        NDArray vectors = inputs.head().concat(dense.reshape(rows, 1, DlrmExamples.DIMENSION), 1);
        NDArray products = vectors.batchMatMul(vectors.transpose(0, 2, 1)).reshape(rows, VECTORS * VECTORS);
        NDArray index = places.broadcast(rows, PAIRS);
        index.attach(vectors.getManager());
        NDArray pairs = products.gather(index, 1);
        return top.forward(store, new NDList(NDArrays.concat(new NDList(dense, pairs), 1)), training);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
        long rows = inputs[0].get(0);
        bottom.initialize(manager, dataType, inputs[1]);
        top.initialize(manager, dataType, new Shape(rows, PAIRS + DlrmExamples.DIMENSION));
        long[] lower = new long[PAIRS];
        int at = 0;
        for (int i = 1; i < VECTORS; i++) {
            for (int j = 0; j < i; j++) {
                lower[at++] = (long) i * VECTORS + j;
            }
        }
        places = manager.create(lower, new Shape(1, PAIRS));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0), 1)};
    }
}
