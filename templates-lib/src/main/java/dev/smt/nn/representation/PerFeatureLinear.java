package dev.smt.nn.representation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * A linear layer for each of N features: [B, N, K] to [B, N, D]. Of codes of its bins it is the piecewise-linear embedding
 * of a number (Gorishniy et al. 2022, section 3.2).
 */
public final class PerFeatureLinear extends AbstractBlock {
    private final int dimension;
    private final Parameter weight;
    private final Parameter bias;

    /**
     * A new layer.
     *
     * @param features N
     * @param inputs K
     * @param dimension D
     */
    public PerFeatureLinear(int features, int inputs, int dimension) {
        this.dimension = dimension;
        weight = addParameter(Parameter.builder()
                .setName("weight")
                .setType(Parameter.Type.WEIGHT)
                .optShape(new Shape(features, inputs, dimension))
                .build());
        bias = addParameter(Parameter.builder()
                .setName("bias")
                .setType(Parameter.Type.BIAS)
                .optShape(new Shape(features, 1, dimension))
                .build());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray codes = inputs.head();
        NDArray weights = store.getValue(weight, codes.getDevice(), training);
        NDArray biases = store.getValue(bias, codes.getDevice(), training);
        NDArray byFeature = codes.transpose(1, 0, 2).batchMatMul(weights).add(biases);
        return new NDList(byFeature.transpose(1, 0, 2));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0), inputs[0].get(1), dimension)};
    }
}
