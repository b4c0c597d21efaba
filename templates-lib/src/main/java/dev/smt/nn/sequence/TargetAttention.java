package dev.smt.nn.sequence;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * The local activation unit of DIN (Zhou et al. 2018, section 4.3, Eq. 3): a sequence's vectors are summed up with weights
 * that say how each goes with the item. Inputs: the sequence [B, L, D], its mask [B, L] (1: an id, 0: none) and the item
 * side's I vectors [B, I, D]; output: [B, D].
 *
 * <p>A linear layer makes the query q [B, D] of the item's vectors. The weight of a vector v is a perceptron of v, q, their
 * element-wise product and difference; as in the paper the weights are not normalized, so that their sum says how strong the
 * interest is. The hidden layer has ReLU where the paper has PReLU or Dice.
 */
public final class TargetAttention extends AbstractBlock {
    private final int dimension;
    private final Linear query;
    private final Linear hidden;
    private final Linear weight;

    /**
     * A new unit.
     *
     * @param dimension D
     * @param width of the perceptron's hidden layer
     */
    public TargetAttention(int dimension, int width) {
        this.dimension = dimension;
        this.query = addChildBlock("query", Linear.builder().setUnits(dimension).build());
        this.hidden = addChildBlock("hidden", Linear.builder().setUnits(width).build());
        this.weight = addChildBlock("weight", Linear.builder().setUnits(1).build());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray sequence = inputs.get(0);
        NDArray mask = inputs.get(1);
        NDArray item = inputs.get(2);
        long rows = sequence.getShape().get(0);
        long length = sequence.getShape().get(1);
        NDArray flat = item.reshape(rows, item.getShape().get(1) * dimension);
        NDArray q = query.forward(store, new NDList(flat), training)
                .head()
                .reshape(rows, 1, dimension)
                .broadcast(rows, length, dimension);
        NDArray pairs = NDArrays.concat(new NDList(sequence, q, sequence.mul(q), sequence.sub(q)), 2);
        NDArray inner = Activation.relu(
                hidden.forward(store, new NDList(pairs), training).head());
        NDArray weights = weight.forward(store, new NDList(inner), training)
                .head()
                .reshape(rows, length)
                .mul(mask);
        return new NDList(weights.reshape(rows, 1, length).batchMatMul(sequence).reshape(rows, dimension));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0), dimension)};
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
        long rows = inputs[0].get(0);
        long length = inputs[0].get(1);
        query.initialize(manager, dataType, new Shape(rows, inputs[2].get(1) * dimension));
        Shape pairs = new Shape(rows, length, 4L * dimension);
        hidden.initialize(manager, dataType, pairs);
        weight.initialize(manager, dataType, hidden.getOutputShapes(new Shape[] {pairs}));
    }
}
