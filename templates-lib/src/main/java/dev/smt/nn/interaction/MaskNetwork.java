package dev.smt.nn.interaction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.smt.nn.Interaction.Mask;
import java.util.ArrayList;
import java.util.List;

/**
 * The parallel MaskNet (Wang et al. 2021): [B, F, D] to [B, blocks * width]. A block multiplies the normalized vectors by
 * a mask that a perceptron of two layers, wide then narrow, makes of the vectors, and maps the product:
 * {@code ReLU(LN(W (mask(v) * LN(v))))}. The first layer norm is of each feature's vector, the second one of a block's
 * output.
 */
public final class MaskNetwork extends AbstractBlock {
    private final int flat;
    private final Mask mask;
    private final Block vectorNorm;
    private final List<MaskBlock> blocks = new ArrayList<>();

    /**
     * A new network.
     *
     * @param flat F * D
     */
    public MaskNetwork(int flat, Mask mask) {
        this.flat = flat;
        this.mask = mask;
        vectorNorm = addChildBlock("vectorNorm", LayerNorm.builder().axis(2).build());
        for (int block = 0; block < mask.blocks(); block++) {
            blocks.add(addChildBlock("block", new MaskBlock(flat, mask)));
        }
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray vectors = Vectors.flat(inputs).head();
        NDArray normalized =
                Vectors.flat(vectorNorm.forward(store, inputs, training)).head();
        NDList outputs = new NDList();
        for (MaskBlock block : blocks) {
            outputs.addAll(block.forward(store, new NDList(vectors, normalized), training));
        }
        return new NDList(Vectors.sideBySide(outputs));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0), (long) mask.blocks() * mask.width())};
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
        vectorNorm.initialize(manager, dataType, inputs);
        Shape vectors = new Shape(inputs[0].get(0), flat);
        blocks.forEach(block -> block.initialize(manager, dataType, vectors, vectors));
    }

    /** One block: the vectors and the normalized vectors, both [B, F * D], to [B, width]. */
    private static final class MaskBlock extends AbstractBlock {
        private final int aggregated;
        private final int width;
        private final Block aggregation;
        private final Block projection;
        private final Block output;
        private final Block norm;

        MaskBlock(int flat, Mask mask) {
            aggregated = mask.aggregated(flat);
            width = mask.width();
            aggregation = addChildBlock(
                    "aggregation", Linear.builder().setUnits(aggregated).build());
            projection =
                    addChildBlock("projection", Linear.builder().setUnits(flat).build());
            output = addChildBlock(
                    "output", Linear.builder().setUnits(width).optBias(false).build());
            norm = addChildBlock("norm", LayerNorm.builder().axis(1).build());
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
            NDArray inner = Activation.relu(aggregation
                    .forward(store, new NDList(inputs.get(0)), training)
                    .head());
            NDArray masks =
                    projection.forward(store, new NDList(inner), training).head();
            NDList masked = new NDList(inputs.get(1).mul(masks));
            NDList normalized = norm.forward(store, output.forward(store, masked, training), training);
            return new NDList(Activation.relu(normalized.head()));
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return new Shape[] {new Shape(inputs[0].get(0), width)};
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
            long rows = inputs[0].get(0);
            aggregation.initialize(manager, dataType, inputs[0]);
            projection.initialize(manager, dataType, new Shape(rows, aggregated));
            output.initialize(manager, dataType, inputs[1]);
            norm.initialize(manager, dataType, new Shape(rows, width));
        }
    }
}
