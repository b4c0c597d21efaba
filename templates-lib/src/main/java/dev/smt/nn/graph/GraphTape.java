package dev.smt.nn.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import dev.smt.nn.layer.LayerStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A store of parameters that also remembers where the engine's graph of a forward pass was cut. At a cut the graph before
 * it ends, and what comes after starts from a new leaf: so a function with a gradient of its own can stand between
 * them, and a tensor that several of them read is propagated back through once.
 *
 * <p>A block finds the tape in the store that it is called with. With any other store, or a tape that does not record,
 * nothing is cut, and the engine differentiates by itself. For one thread at a time.
 */
public class GraphTape extends LayerStore {
    private record Cut(NDArray before, NDArray input, NDArray output, DifferentiableFunction function) {
        NDArray gradient() {
            NDArray gradient = output.getGradient();
            return function == null ? gradient : function.backward(input, gradient);
        }
    }

    private final List<Cut> cuts = new ArrayList<>();
    private boolean recording;

    public GraphTape(NDManager manager) {
        super(manager);
    }

    @Override
    protected NDList forward(Block layer, NDList inputs) {
        return layer.forward(this, inputs, false);
    }

    /** Begins a forward pass: forgets the last one. */
    public final void begin(boolean record) {
        cuts.clear();
        recording = record;
    }

    /** The same tensor as a leaf of its own. */
    public static NDArray cut(ParameterStore store, NDArray tensor) {
        if (!(store instanceof GraphTape tape) || !tape.recording) {
            return tensor;
        }
        NDArray leaf = tensor.stopGradient();
        return tape.add(new Cut(tensor, leaf, leaf, null));
    }

    /** A function's output; where the store is a recording tape, a leaf. */
    public static NDArray apply(ParameterStore store, DifferentiableFunction function, NDArray input) {
        if (!(store instanceof GraphTape tape)) {
            return function.forward(input);
        }
        if (!tape.recording) {
            return function.value(input);
        }
        NDArray detached = input.stopGradient();
        return tape.add(new Cut(input, detached, function.value(detached), function));
    }

    /**
     * Carries the gradients on across the cuts, the last first, after those of the loss have reached the leaves.
     *
     * @param engine propagates a gradient (the second) from a tensor (the first) to the leaves before it; gradients of
     *     a leaf add up
     */
    public final void backward(BiConsumer<NDArray, NDArray> engine) {
        for (int i = cuts.size() - 1; i >= 0; i--) {
            engine.accept(cuts.get(i).before(), cuts.get(i).gradient());
        }
        cuts.clear();
    }

    private NDArray add(Cut cut) {
        cut.output().setRequiresGradient(true);
        cuts.add(cut);
        return cut.output();
    }
}
