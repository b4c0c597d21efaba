package dev.smt.nn.interaction;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** A module and a linear layer after it, which gives it a width that doesn't depend on its kind: [B, F, D] to [B, W]. */
public final class CompressedModule extends AbstractBlock {
    private final Block module;
    private final Block compression;

    /** A new block; the width W is 1 or more. */
    public CompressedModule(Block module, int width) {
        this.module = addChildBlock("module", module);
        this.compression =
                addChildBlock("compression", Linear.builder().setUnits(width).build());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        return compression.forward(store, module.forward(store, inputs, training), training);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return compression.getOutputShapes(module.getOutputShapes(inputs));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
        module.initialize(manager, dataType, inputs);
        compression.initialize(manager, dataType, module.getOutputShapes(inputs));
    }
}
