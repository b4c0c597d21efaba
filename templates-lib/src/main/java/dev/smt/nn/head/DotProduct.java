package dev.smt.nn.head;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** The dot products of user and item vectors, where two towers meet: [B, E, D] and [B, E, D] to [B, E]. */
public final class DotProduct extends AbstractBlock {
    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        return new NDList(inputs.get(0).mul(inputs.get(1)).sum(new int[] {2}));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0), inputs[0].get(1))};
    }
}
