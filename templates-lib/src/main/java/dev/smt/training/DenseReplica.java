package dev.smt.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.smt.data.Mixing;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.graph.GraphTape;
import dev.smt.nn.network.RankingNetwork;
import dev.smt.nn.tower.Dropout;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * One worker's copy of the dense part: the parameters' memory is shared, graph and gradients are its own. A step is
 * {@link #begin}, forward, perhaps backward, {@link #end}.
 */
final class DenseReplica implements AutoCloseable {
    private final ComputeDevice device;
    private final NDManager manager;
    private final GraphTape tape;
    private final RankingNetwork network;
    private final List<Dropout> dropouts;
    private final int outputs;
    private final ByteBuffer gradientMemory;
    private NDManager step;
    private NDArray output;

    /**
     * A copy whose parameters are not yet initialized.
     *
     * @param capacity most rows of a batch
     * @param seed of what is left out at random
     * @param device where it computes
     */
    DenseReplica(NetworkSpecification specification, int capacity, long seed, ComputeDevice device) {
        this.device = device;
        this.manager = Torch.newManager(device);
        this.tape = new GraphTape(manager);
        this.network = RankingNetwork.of(specification);
        this.dropouts = Dropout.in(network);
        for (int i = 0; i < dropouts.size(); i++) {
            dropouts.get(i).seed(Mixing.seed(seed, "dropout " + i));
        }
        this.outputs = specification.outputs();
        this.gradientMemory = Torch.memory(manager.zeros(new Shape(capacity, outputs)));
    }

    ComputeDevice device() {
        return device;
    }

    RankingNetwork network() {
        return network;
    }

    /** Owns what lives as long as the model. */
    NDManager manager() {
        return manager;
    }

    /** Begins a step. */
    NDManager begin() {
        step = manager.newSubManager();
        return step;
    }

    /** Owns what lives until {@link #end}. */
    NDManager step() {
        return step;
    }

    void end() {
        step.close();
    }

    /** The store that blocks are called with outside of {@link #forward}; records nothing. */
    GraphTape silentTape() {
        tape.begin(false);
        return tape;
    }

    /** What a forward pass is for. */
    enum Mode {
        PREDICTION,
        /** The gradients of a prediction by its inputs are asked for. */
        ATTRIBUTION,
        TRAINING
    }

    /** Writes the outputs [B, O] of B rows to {@code values}, from row {@code at} on. */
    void forward(NDList inputs, int count, float[] values, int at, Mode mode) {
        forward(tape, inputs, count, values, at, mode);
    }

    /** The same with another tape, for a prediction. */
    void predict(GraphTape other, NDList inputs, int count, float[] values) {
        forward(other, inputs, count, values, 0, Mode.PREDICTION);
    }

    private void forward(GraphTape with, NDList inputs, int count, float[] values, int at, Mode mode) {
        boolean gradients = mode != Mode.PREDICTION;
        with.begin(gradients);
        dropouts.forEach(dropout -> dropout.turn(mode == Mode.TRAINING));
        Torch.recordGradients(gradients);
        try {
            // Not the block's training mode: it would walk all parameters' names at every call, and no block needs it.
            output = network.forward(with, inputs, false).head();
            Torch.memory(output).asFloatBuffer().get(values, at * outputs, count * outputs);
        } finally {
            dropouts.forEach(dropout -> dropout.turn(false));
            Torch.recordGradients(false);
        }
    }

    /** Brings the gradient of the last outputs, from row {@code at} of {@code gradient} on, to the leaves. */
    void backward(float[] gradient, int at, int count) {
        gradientMemory.asFloatBuffer().put(gradient, at * outputs, count * outputs);
        Torch.backward(output, Torch.alias(step, gradientMemory, 0, new Shape(count, outputs)));
        tape.backward(Torch::backward);
    }

    @Override
    public void close() {
        manager.close();
    }
}
