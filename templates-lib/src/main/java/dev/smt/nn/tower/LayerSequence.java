package dev.smt.nn.tower;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.smt.nn.layer.LayerStore;

/** Blocks one after the other, each a layer. */
final class LayerSequence extends SequentialBlock {
    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDList current = inputs;
        for (Block layer : children.values()) {
            current = LayerStore.forward(store, layer, current, training);
        }
        return current;
    }
}
