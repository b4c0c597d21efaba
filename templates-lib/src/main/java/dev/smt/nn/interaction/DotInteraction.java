package dev.smt.nn.interaction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * Dot products of all pairs of feature vectors (DLRM, Naumov et al. 2019, section 2.1.3): [B, F, D] to
 * [B, F(F-1)/2]; the pairs are ordered (1, 0), (2, 0), (2, 1), (3, 0) and so on.
 */
public final class DotInteraction extends AbstractBlock {
    /** [1, P]: the places of the pairs in a row of the flattened F x F products. */
    private NDArray pairs;

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray vectors = inputs.head();
        long rows = vectors.getShape().get(0);
        long features = vectors.getShape().get(1);
        NDArray products = vectors.batchMatMul(vectors.transpose(0, 2, 1)).reshape(rows, features * features);
        NDArray index = pairs.broadcast(rows, pairs.getShape().get(1));
        // A result belongs to the manager of its left operand: without this the view would live as long as the block.
        index.attach(vectors.getManager());
        return new NDList(products.gather(index, 1));
    }

    @Override
    public void initialize(NDManager manager, DataType dataType, Shape... inputs) {
        super.initialize(manager, dataType, inputs);
        int features = (int) inputs[0].get(1);
        long[] places = new long[features * (features - 1) / 2];
        int at = 0;
        for (int i = 1; i < features; i++) {
            for (int j = 0; j < i; j++) {
                places[at++] = (long) i * features + j;
            }
        }
        pairs = manager.create(places, new Shape(1, places.length));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        long features = inputs[0].get(1);
        return new Shape[] {new Shape(inputs[0].get(0), features * (features - 1) / 2)};
    }
}
