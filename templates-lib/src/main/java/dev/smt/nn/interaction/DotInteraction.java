package dev.smt.nn.interaction;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.smt.nn.graph.GraphTape;

/**
 * Dot products of all pairs of feature vectors (DLRM, Naumov et al. 2019, section 2.1.3): [B, F, D] to
 * [B, F(F-1)/2]; the pairs are ordered (1, 0), (2, 0), (2, 1), (3, 0) and so on.
 */
public final class DotInteraction extends AbstractBlock {
    private PairProducts products;

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        return new NDList(GraphTape.apply(store, products, inputs.head()));
    }

    @Override
    public void initialize(NDManager manager, DataType dataType, Shape... inputs) {
        super.initialize(manager, dataType, inputs);
        products = new PairProducts(manager, Math.toIntExact(inputs[0].get(1)), Math.toIntExact(inputs[0].get(2)));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        long features = inputs[0].get(1);
        return new Shape[] {new Shape(inputs[0].get(0), features * (features - 1) / 2)};
    }
}
