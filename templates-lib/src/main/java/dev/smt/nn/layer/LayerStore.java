package dev.smt.nn.layer;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;

/**
 * A store that a network asks for whole layers instead of single parameters: so it can bring a layer's parameters, run it,
 * and let them go, or not run it at all where it knows what comes out. Every parameter of a network is reached through
 * exactly one layer; with any other store a layer is an ordinary block.
 */
public abstract class LayerStore extends ParameterStore {
    protected LayerStore(NDManager manager) {
        super(manager, false);
    }

    /** The outputs of a layer. */
    public static NDList forward(ParameterStore store, Block layer, NDList inputs, boolean training) {
        return store instanceof LayerStore layers
                ? layers.forward(layer, inputs)
                : layer.forward(store, inputs, training);
    }

    /** The outputs of a layer, or of a block without parameters. */
    protected abstract NDList forward(Block layer, NDList inputs);
}
