package dev.smt.nn.interaction;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** The feature vectors side by side: [B, F, D] to [B, F * D]. */
public final class FlatVectors extends AbstractBlock {
    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        Shape shape = inputs.head().getShape();
        return new NDList(inputs.head().reshape(shape.get(0), shape.get(1) * shape.get(2)));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0), inputs[0].get(1) * inputs[0].get(2))};
    }
}
