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
import dev.smt.nn.Interaction.FactorizationStack;
import java.util.Optional;

/** One layer of a {@link FactorizationNetwork}: [B, F, D] to [B, factorized + compressed, D]. */
final class FactorizationLayer extends AbstractBlock {
    private final FactorizationStack stack;
    private final Block projection;
    private final Block productNorm;
    private final Block hidden;
    private final Block expansion;
    private final Block compression;
    private final Optional<Block> residual;
    private final Block norm;

    FactorizationLayer(int vectors, int dimension, FactorizationStack stack) {
        this.stack = stack;
        int outputs = stack.factorized() + stack.compressed();
        projection = addChildBlock("projection", linear(stack.rank()));
        productNorm = addChildBlock("productNorm", LayerNorm.builder().axis(1).build());
        hidden = addChildBlock(
                "hidden", Linear.builder().setUnits(stack.hidden()).build());
        expansion = addChildBlock(
                "expansion",
                Linear.builder().setUnits((long) stack.factorized() * dimension).build());
        compression = addChildBlock("compression", linear(stack.compressed()));
        norm = addChildBlock("norm", LayerNorm.builder().axis(2).build());
        residual = vectors == outputs ? Optional.empty() : Optional.of(addChildBlock("residual", linear(outputs)));
    }

    private static Block linear(int units) {
        return Linear.builder().setUnits(units).optBias(false).build();
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray vectors = inputs.head();
        Shape shape = vectors.getShape();
        NDList turned = new NDList(vectors.transpose(0, 2, 1));
        NDArray projected = projection.forward(store, turned, training).head();
        NDList products =
                productNorm.forward(store, Vectors.flat(new NDList(vectors.batchMatMul(projected))), training);
        NDArray inner =
                Activation.relu(hidden.forward(store, products, training).head());
        NDArray factorized = expansion
                .forward(store, new NDList(inner), training)
                .head()
                .reshape(shape.get(0), stack.factorized(), shape.get(2));
        NDArray compressed = over(compression, store, turned, training);
        NDArray added = residual.isEmpty() ? vectors : over(residual.get(), store, turned, training);
        NDArray sum = factorized.concat(compressed, 1).add(added);
        return norm.forward(store, new NDList(sum), training);
    }

    /** A linear map over the features of [B, D, F], turned back to [B, outputs, D]. */
    private static NDArray over(Block linear, ParameterStore store, NDList turned, boolean training) {
        return linear.forward(store, turned, training).head().transpose(0, 2, 1);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0), stack.factorized() + stack.compressed(), inputs[0].get(2))};
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
        long rows = inputs[0].get(0);
        long vectors = inputs[0].get(1);
        Shape turned = new Shape(rows, inputs[0].get(2), vectors);
        Shape products = new Shape(rows, vectors * stack.rank());
        projection.initialize(manager, dataType, turned);
        productNorm.initialize(manager, dataType, products);
        hidden.initialize(manager, dataType, products);
        expansion.initialize(manager, dataType, new Shape(rows, stack.hidden()));
        compression.initialize(manager, dataType, turned);
        norm.initialize(manager, dataType, getOutputShapes(inputs));
        residual.ifPresent(block -> block.initialize(manager, dataType, turned));
    }
}
