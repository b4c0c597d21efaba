package dev.smt.nn.interaction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.smt.nn.Interaction.Ensemble;
import java.util.ArrayList;
import java.util.List;

/**
 * A stack of ensemble layers (DHEN, Zhang et al. 2022): [B, F, D] to [B, F * D]. A layer sums what several interactions
 * make of its input, and the input itself, and normalizes each vector: {@code X' = Norm(sum_i I_i(X) + X)}. Its
 * interactions are
 *
 * <ul>
 *   <li>the dot products of all pairs of vectors, mapped to [F * D] by a low-rank linear map with a bias;
 *   <li>a low-rank cross layer, {@code x * (U V^T x + b)} of the flattened vectors;
 *   <li>a linear map over the features, the same for every place of the vectors, with a bias per feature.
 * </ul>
 */
public final class EnsembleNetwork extends AbstractBlock {
    private final List<Layer> layers = new ArrayList<>();

    /**
     * A new network.
     *
     * @param vectors F
     * @param dimension D
     */
    public EnsembleNetwork(int vectors, int dimension, Ensemble ensemble) {
        for (int layer = 0; layer < ensemble.layers(); layer++) {
            layers.add(addChildBlock("layer", new Layer(vectors, dimension, ensemble.rank())));
        }
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDList vectors = inputs;
        for (Layer layer : layers) {
            vectors = layer.forward(store, vectors, training);
        }
        return Vectors.flat(vectors);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0), inputs[0].get(1) * inputs[0].get(2))};
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
        layers.forEach(layer -> layer.initialize(manager, dataType, inputs));
    }

    /** One layer: [B, F, D] to [B, F, D]. */
    private static final class Layer extends AbstractBlock {
        private final int rank;
        private final Block dotDown;
        private final Block dotUp;
        private final Block crossDown;
        private final Block crossUp;
        private final Block linear;
        private final Block norm;

        Layer(int vectors, int dimension, int rank) {
            this.rank = rank;
            int flat = vectors * dimension;
            dotDown = addChildBlock(
                    "dotDown", Linear.builder().setUnits(rank).optBias(false).build());
            dotUp = addChildBlock("dotUp", Linear.builder().setUnits(flat).build());
            crossDown = addChildBlock(
                    "crossDown", Linear.builder().setUnits(rank).optBias(false).build());
            crossUp = addChildBlock("crossUp", Linear.builder().setUnits(flat).build());
            linear = addChildBlock("linear", Linear.builder().setUnits(vectors).build());
            norm = addChildBlock("norm", LayerNorm.builder().axis(2).build());
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
            NDArray vectors = inputs.head();
            Shape shape = vectors.getShape();
            NDArray turned = vectors.transpose(0, 2, 1);
            NDList dots = Vectors.flat(new NDList(vectors.batchMatMul(turned)));
            NDList flat = Vectors.flat(inputs);
            NDArray dot = dotUp.forward(store, dotDown.forward(store, dots, training), training)
                    .head();
            NDArray map = crossUp.forward(store, crossDown.forward(store, flat, training), training)
                    .head();
            NDArray mixed = linear.forward(store, new NDList(turned), training).head();
            NDArray sum = flat.head()
                    .mul(map)
                    .add(dot)
                    .reshape(shape)
                    .add(mixed.transpose(0, 2, 1))
                    .add(vectors);
            return norm.forward(store, new NDList(sum), training);
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return new Shape[] {inputs[0]};
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
            long rows = inputs[0].get(0);
            long vectors = inputs[0].get(1);
            long dimension = inputs[0].get(2);
            dotDown.initialize(manager, dataType, new Shape(rows, vectors * vectors));
            dotUp.initialize(manager, dataType, new Shape(rows, rank));
            crossDown.initialize(manager, dataType, new Shape(rows, vectors * dimension));
            crossUp.initialize(manager, dataType, new Shape(rows, rank));
            linear.initialize(manager, dataType, new Shape(rows, dimension, vectors));
            norm.initialize(manager, dataType, inputs[0]);
        }
    }
}
