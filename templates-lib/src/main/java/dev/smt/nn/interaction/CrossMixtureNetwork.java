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
import dev.smt.nn.Interaction.CrossMixture;
import java.util.ArrayList;
import java.util.List;

/**
 * The mixture of low-rank cross layers of DCN v2 (Wang et al. 2021): [B, F, D] to [B, F * D]. A layer of K experts is
 * {@code x' = sum_i G_i(x) E_i(x) + x} with {@code E_i(x) = x0 * (U_i g(C_i g(V_i^T x)) + b)}, g = tanh and G the softmax
 * of a linear map. As the gates sum to 1, that is {@code x0 * (U h + b) + x} with all U_i side by side in U and
 * {@code h_i = G_i g(C_i g(V_i^T x))}: one matrix product in place of K.
 */
public final class CrossMixtureNetwork extends AbstractBlock {
    private final List<Layer> layers = new ArrayList<>();

    /**
     * A new cross network.
     *
     * @param width F * D
     */
    public CrossMixtureNetwork(int width, CrossMixture mixture) {
        for (int layer = 0; layer < mixture.layers(); layer++) {
            layers.add(addChildBlock("layer", new Layer(width, mixture.experts(), mixture.rank())));
        }
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        Shape shape = inputs.head().getShape();
        NDArray first = inputs.head().reshape(shape.get(0), shape.get(1) * shape.get(2));
        NDArray x = first;
        for (Layer layer : layers) {
            x = layer.forward(store, new NDList(first, x), training).head();
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
        layers.forEach(layer -> layer.initialize(manager, dataType, flat, flat));
    }

    /** One layer: x0 and x, both [B, N], to [B, N]. */
    private static final class Layer extends AbstractBlock {
        private final int experts;
        private final int rank;
        private final Block gate;
        private final Block down;
        private final List<Block> cores = new ArrayList<>();
        private final Block up;

        Layer(int width, int experts, int rank) {
            this.experts = experts;
            this.rank = rank;
            gate = addChildBlock("gate", linear(experts));
            down = addChildBlock("down", linear(experts * rank));
            for (int expert = 0; expert < experts; expert++) {
                cores.add(addChildBlock("core", linear(rank)));
            }
            up = addChildBlock("up", Linear.builder().setUnits(width).build());
        }

        private static Block linear(int units) {
            return Linear.builder().setUnits(units).optBias(false).build();
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
            NDArray first = inputs.get(0);
            NDList x = new NDList(inputs.get(1));
            long rows = first.getShape().get(0);
            NDArray gates = gate.forward(store, x, training).head().softmax(1).reshape(rows, experts, 1);
            NDList projected = down.forward(store, x, training).head().tanh().split(experts, 1);
            NDList inner = new NDList();
            for (int expert = 0; expert < experts; expert++) {
                inner.addAll(cores.get(expert).forward(store, new NDList(projected.get(expert)), training));
            }
            NDArray gated = Vectors.sideBySide(inner)
                    .tanh()
                    .reshape(rows, experts, rank)
                    .mul(gates);
            NDList mixed = new NDList(gated.reshape(rows, (long) experts * rank));
            NDArray map = up.forward(store, mixed, training).head();
            return new NDList(first.mul(map).add(x.head()));
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return new Shape[] {inputs[1]};
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
            long rows = inputs[0].get(0);
            gate.initialize(manager, dataType, inputs[1]);
            down.initialize(manager, dataType, inputs[1]);
            cores.forEach(core -> core.initialize(manager, dataType, new Shape(rows, rank)));
            up.initialize(manager, dataType, new Shape(rows, (long) experts * rank));
        }
    }
}
