package dev.smt.nn.interaction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.smt.nn.graph.Constant;

/**
 * The sum over all pairs of the elementwise product of their vectors (Rendle 2010, section III; the bi-interaction
 * pooling of He and Chua 2017): [B, F, D] to [B, D], in time linear in F as half of the squared sum less the sum of the
 * squares.
 */
public final class FactorizationMachine extends AbstractBlock {
    private static final int[] FEATURES = {1};

    private final Constant half = new Constant(0.5);

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray vectors = inputs.head();
        NDArray sum = vectors.sum(FEATURES);
        NDArray squares = vectors.mul(vectors).sum(FEATURES);
        return new NDList(half.times(sum.mul(sum).sub(squares)));
    }

    @Override
    public void initialize(NDManager manager, DataType dataType, Shape... inputs) {
        super.initialize(manager, dataType, inputs);
        half.initialize(manager);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0), inputs[0].get(2))};
    }
}
