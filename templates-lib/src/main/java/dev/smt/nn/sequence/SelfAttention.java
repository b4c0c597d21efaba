package dev.smt.nn.sequence;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import dev.smt.nn.graph.Constant;
import dev.smt.nn.graph.SigmoidLinearUnit;

/**
 * One layer of HSTU with one head (Zhai et al. 2024, section 3, Eq. 1 to 3), then the mean over the ids. Inputs: the
 * sequence X [B, L, D] and its mask [B, L] (1: an id, 0: none); output: [B, D].
 *
 * <pre>
 * U, V, Q, K = split(SiLU(linear(norm(X))))
 * A = SiLU(Q K^T + r) / L           pointwise, no softmax; r depends on the distance of two positions
 * Y = linear(norm(A V) * U) + X
 * </pre>
 *
 * norm is layer normalization without parameters. All ids attend to all: a ranker sees the whole past.
 */
public final class SelfAttention extends AbstractBlock {
    private static final float EPSILON = 1e-6f;

    private final int length;
    private final Constant perLength;
    private final int dimension;
    private final Parameter distance;
    private final Linear parts;
    private final Linear output;
    /** [L * L]: which of the distances each pair of positions has. */
    private NDArray distances;

    /**
     * A new layer.
     *
     * @param length L
     * @param dimension D
     */
    public SelfAttention(int length, int dimension) {
        this.length = length;
        this.perLength = new Constant(1.0 / length);
        this.dimension = dimension;
        this.distance = addParameter(Parameter.builder()
                .setName("distance")
                .setType(Parameter.Type.OTHER)
                .optInitializer(Initializer.ZEROS)
                .optShape(new Shape(2L * length - 1))
                .build());
        this.parts =
                addChildBlock("parts", Linear.builder().setUnits(4L * dimension).build());
        this.output =
                addChildBlock("output", Linear.builder().setUnits(dimension).build());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray x = inputs.get(0);
        NDArray mask = inputs.get(1).expandDims(1);
        NDArray bias = store.getValue(distance, x.getDevice(), training).gather(distances, 0);
        // A result belongs to the manager of its left operand: without this it would live as long as the block.
        bias.attach(x.getManager());
        NDArray mixed = SigmoidLinearUnit.of(
                parts.forward(store, new NDList(norm(x)), training).head());
        NDList split = mixed.split(4, 2);
        NDArray scores =
                split.get(2).batchMatMul(split.get(3).transpose(0, 2, 1)).add(bias.reshape(1, length, length));
        NDArray attended =
                perLength.times(SigmoidLinearUnit.of(scores).mul(mask)).batchMatMul(split.get(1));
        NDArray gated = norm(attended).mul(split.get(0));
        NDArray y = output.forward(store, new NDList(gated), training).head().add(x);
        NDArray ids = mask.sum(new int[] {2}).maximum(1f);
        return new NDList(mask.batchMatMul(y).reshape(-1, dimension).div(ids));
    }

    private static NDArray norm(NDArray x) {
        NDArray centered = x.sub(x.mean(new int[] {2}, true));
        NDArray variance = centered.square().mean(new int[] {2}, true);
        return centered.div(variance.add(EPSILON).sqrt());
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0), dimension)};
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
        parts.initialize(manager, dataType, inputs[0]);
        output.initialize(manager, dataType, inputs[0]);
        long[] places = new long[length * length];
        for (int i = 0; i < length; i++) {
            for (int j = 0; j < length; j++) {
                places[i * length + j] = (long) i - j + length - 1;
            }
        }
        distances = manager.create(places);
        perLength.initialize(manager);
    }
}
