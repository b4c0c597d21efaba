package dev.smt.nn.head;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;

/** Adds a learned number to each output: [B, O] to [B, O]. */
public final class LogitBias extends AbstractBlock {
    private final Parameter bias;

    /**
     * A new bias.
     *
     * @param outputs O
     */
    public LogitBias(int outputs) {
        bias = addParameter(Parameter.builder()
                .setName("bias")
                .setType(Parameter.Type.BIAS)
                .optInitializer(Initializer.ZEROS)
                .optShape(new Shape(outputs))
                .build());
    }

    public Parameter bias() {
        return bias;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        return new NDList(inputs.head().add(store.getValue(bias, inputs.head().getDevice(), training)));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return inputs.clone();
    }
}
