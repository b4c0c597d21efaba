package dev.smt.nn.interaction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The cross network of DCN (Wang et al. 2017, section 2.2): [B, F, D] to [B, F * D]. A layer is
 * {@code x' = x0 x^T w + b + x}; x^T w is one number, so no matrix is made.
 */
public final class VectorCrossNetwork extends AbstractBlock {
    private final List<Parameter> weights = new ArrayList<>();
    private final List<Parameter> biases = new ArrayList<>();

    /**
     * A new cross network.
     *
     * @param width F * D
     * @param layers 1 or more
     */
    public VectorCrossNetwork(int width, int layers) {
        for (int layer = 0; layer < layers; layer++) {
            weights.add(parameter(layer, "weight", Parameter.Type.WEIGHT, new Shape(1, width)));
            biases.add(parameter(layer, "bias", Parameter.Type.BIAS, new Shape(width)));
        }
    }

    private Parameter parameter(int layer, String name, Parameter.Type type, Shape shape) {
        return addParameter(Parameter.builder()
                .setName(String.format(Locale.ROOT, "%02d%s", layer + 1, name))
                .setType(type)
                .optInitializer(Initializer.ZEROS)
                .optShape(shape)
                .build());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray vectors = inputs.head();
        Shape shape = vectors.getShape();
        NDArray first = vectors.reshape(shape.get(0), shape.get(1) * shape.get(2));
        NDArray x = first;
        for (int layer = 0; layer < weights.size(); layer++) {
            NDArray weight = store.getValue(weights.get(layer), x.getDevice(), training);
            NDArray bias = store.getValue(biases.get(layer), x.getDevice(), training);
            NDArray product = Linear.linear(x, weight).head();
            x = first.mul(product).add(bias).add(x);
        }
        return new NDList(x);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0), inputs[0].get(1) * inputs[0].get(2))};
    }
}
