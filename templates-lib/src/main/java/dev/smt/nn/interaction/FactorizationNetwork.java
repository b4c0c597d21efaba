package dev.smt.nn.interaction;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.smt.nn.Interaction.FactorizationStack;
import java.util.ArrayList;
import java.util.List;

/**
 * A stack of factorization machine layers (Wukong, Zhang et al. 2024): [B, F, D] to [B, (factorized + compressed) * D].
 * A layer is {@code X' = LN(concat(FMB(X), LCB(X)) + X)}: the factorization machine block makes vectors of the products of
 * pairs, {@code FMB(X) = MLP(LN(flatten(X X^T Y)))} with a learned projection Y [F, rank] (the optimized factorization
 * machine: X X^T is never made), the linear compression block makes vectors by a linear map over the features. Where a
 * layer has another number of vectors than its input, the added X goes through such a linear map too.
 */
public final class FactorizationNetwork extends AbstractBlock {
    private final List<FactorizationLayer> layers = new ArrayList<>();

    /**
     * A new network.
     *
     * @param vectors F
     * @param dimension D
     */
    public FactorizationNetwork(int vectors, int dimension, FactorizationStack stack) {
        int inputs = vectors;
        for (int layer = 0; layer < stack.layers(); layer++) {
            layers.add(addChildBlock("layer", new FactorizationLayer(inputs, dimension, stack)));
            inputs = stack.factorized() + stack.compressed();
        }
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDList vectors = inputs;
        for (FactorizationLayer layer : layers) {
            vectors = layer.forward(store, vectors, training);
        }
        return Vectors.flat(vectors);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        Shape vectors = layers.get(0).getOutputShapes(inputs)[0];
        return new Shape[] {new Shape(vectors.get(0), vectors.get(1) * vectors.get(2))};
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
        Shape[] vectors = inputs;
        for (FactorizationLayer layer : layers) {
            layer.initialize(manager, dataType, vectors);
            vectors = layer.getOutputShapes(vectors);
        }
    }
}
