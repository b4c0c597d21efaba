package dev.smt.nn.head;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;

/**
 * The numeric features' first-order part of each event's logit: [B, N] to [B, E]. With the first-order weights of the ids it is the
 * wide part of a wide and deep network (Cheng et al. 2016).
 */
public final class NumericFirstOrder extends AbstractBlock {
    private final Parameter weight;

    /**
     * New weights.
     *
     * @param features N
     * @param events E
     */
    public NumericFirstOrder(int features, int events) {
        weight = addParameter(Parameter.builder()
                .setName("weight")
                .setType(Parameter.Type.OTHER)
                .optInitializer(Initializer.ZEROS)
                .optShape(new Shape(features, events))
                .build());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        return new NDList(
                inputs.head().matMul(store.getValue(weight, inputs.head().getDevice(), training)));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0), weight.getShape().get(1))};
    }
}
