package dev.smt.nn.representation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.smt.nn.graph.Constant;

/**
 * The periodic embedding of N numbers (Gorishniy et al. 2022, section 3.3, Eq. 2): [B, N] to [B, N, D]. Of each number x
 * and its trained frequencies c_1 to c_k it takes sin(2 pi c_i x) and cos(2 pi c_i x), then a linear layer.
 */
public final class PeriodicEmbedding extends AbstractBlock {
    private final Constant circle = new Constant(2 * Math.PI);
    private final int frequencies;
    private final Parameter frequency;
    private final PerFeatureLinear linear;

    /**
     * A new embedding.
     *
     * @param features N
     * @param frequencies k
     * @param scale standard deviation of the initial frequencies
     * @param dimension D
     */
    public PeriodicEmbedding(int features, int frequencies, double scale, int dimension) {
        this.frequencies = frequencies;
        this.frequency = addParameter(Parameter.builder()
                .setName("frequency")
                .setType(Parameter.Type.OTHER)
                .optInitializer(new InitialDistribution(scale))
                .optShape(new Shape(1, features, frequencies))
                .build());
        this.linear = addChildBlock("linear", new PerFeatureLinear(features, 2 * frequencies, dimension));
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray numbers = inputs.head().expandDims(2);
        NDArray angles = circle.times(numbers.mul(store.getValue(frequency, numbers.getDevice(), training)));
        return linear.forward(store, new NDList(angles.sin().concat(angles.cos(), 2)), training);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return linear.getOutputShapes(new Shape[] {waves(inputs)});
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
        linear.initialize(manager, dataType, waves(inputs));
        circle.initialize(manager);
    }

    private Shape waves(Shape[] inputs) {
        return new Shape(inputs[0].get(0), inputs[0].get(1), 2L * frequencies);
    }
}
