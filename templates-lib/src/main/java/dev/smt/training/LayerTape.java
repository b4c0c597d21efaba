package dev.smt.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import dev.smt.nn.layer.LayerStore;
import dev.smt.training.sharding.DeviceMeter;
import dev.smt.training.sharding.MemoryUse;
import dev.smt.training.sharding.Range;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs a network whose parameters are not at hand, layer by layer. The forward pass brings each layer's parameters to one
 * buffer, runs it without a graph and keeps its inputs and outputs. The backward pass goes through the layers in reverse:
 * it brings the parameters again, repeats the layer with a graph, and takes the gradients (activation checkpointing; Chen
 * et al. 2016). So the buffer has the parameters of one layer at a time, and no graph outlives them.
 */
final class LayerTape extends LayerStore {
    /** @param range in the flat parameters */
    private record Layer(int begin, int end, Range range) {}

    private record Run(Block block, Layer layer, NDList inputs, NDList outputs) {}

    private final DeviceParts parts;
    private final ShardedDense shards;
    private final DeviceMeter meter;
    private final Map<Block, Layer> layers = new IdentityHashMap<>();
    /** Inputs of the network that nothing is learned from. */
    private final Set<NDArray> constants = Collections.newSetFromMap(new IdentityHashMap<>());

    private final List<Run> runs = new ArrayList<>();
    private NDArray buffer;
    private ByteBuffer memory = ByteBuffer.allocateDirect(0);
    private NDManager step;
    private long activations;

    LayerTape(DeviceParts parts, ShardedDense shards, DeviceMeter meter) {
        super(parts.manager());
        this.parts = parts;
        this.shards = shards;
        this.meter = meter;
    }

    NDArray forward(NDList inputs, NDManager stepManager) {
        step = stepManager;
        runs.clear();
        constants.clear();
        // Asked of leaves only: of what the engine computed it would answer no.
        inputs.stream().filter(input -> !input.hasGradient()).forEach(constants::add);
        Torch.recordGradients(true);
        try {
            return parts.network().forward(this, inputs, false).head();
        } finally {
            Torch.recordGradients(false);
        }
    }

    @Override
    public NDArray getValue(Parameter parameter, ai.djl.Device device, boolean training) {
        return parts.leaves().getValue(parameter, device, training);
    }

    @Override
    protected NDList forward(Block block, NDList inputs) {
        Layer layer = layers.computeIfAbsent(block, this::layer);
        if (layer.begin() == layer.end()) {
            return block.forward(this, inputs, false);
        }
        gather(layer, false);
        Torch.recordGradients(false);
        NDList outputs = block.forward(parts.leaves(), inputs, false);
        Torch.recordGradients(true);
        parts.leaves().release();
        for (NDArray output : outputs) {
            // What a layer only passes on is no output of its own.
            if (!contains(inputs, output)) {
                output.setRequiresGradient(true);
                activations += output.size() * Float.BYTES;
            }
        }
        meter.set(MemoryUse.ACTIVATIONS, activations);
        runs.add(new Run(block, layer, inputs, outputs));
        return outputs;
    }

    /** Brings the gradient of the outputs to the inputs, and the layers' gradients to the devices that keep them. */
    void backward(NDArray output, NDArray gradient, NDManager stepManager) {
        Torch.backwardAgain(output, gradient);
        for (int i = runs.size() - 1; i >= 0; i--) {
            backward(runs.get(i), stepManager);
        }
        runs.clear();
        activations = 0;
        meter.set(MemoryUse.ACTIVATIONS, 0);
    }

    private void backward(Run run, NDManager stepManager) {
        gather(run.layer(), true);
        NDList inputs = new NDList();
        for (NDArray input : run.inputs()) {
            NDArray own = input.stopGradient();
            own.setRequiresGradient(!constants.contains(input));
            inputs.add(own);
        }
        long leafBytes = (long) run.layer().range().length() * Float.BYTES;
        meter.add(MemoryUse.GRADIENTS, leafBytes);
        Torch.recordGradients(true);
        NDList outputs = run.block().forward(parts.leaves(), inputs, false);
        Torch.recordGradients(false);
        for (int i = 0; i < outputs.size(); i++) {
            if (!contains(inputs, outputs.get(i))) {
                Torch.backwardAgain(outputs.get(i), run.outputs().get(i).getGradient());
            }
        }
        parts.leaves()
                .takeGradients(
                        stepManager, shards.layerGradient(run.layer().range().length()));
        meter.add(MemoryUse.GRADIENTS, -leafBytes);
        shards.reduceLayer(run.layer().range());
        for (int i = 0; i < inputs.size(); i++) {
            if (!constants.contains(run.inputs().get(i))) {
                Torch.backwardAgain(run.inputs().get(i), inputs.get(i).getGradient());
            }
        }
    }

    private static boolean contains(NDList list, NDArray array) {
        return list.stream().anyMatch(each -> each == array);
    }

    private void gather(Layer layer, boolean gradients) {
        int bytes = layer.range().length() * Float.BYTES;
        if (bytes > memory.capacity()) {
            if (buffer != null) {
                buffer.close();
            }
            buffer = parts.manager().zeros(new Shape(layer.range().length()));
            memory = Torch.memory(buffer);
            meter.set(MemoryUse.GATHERED_LAYER, bytes);
        }
        shards.gatherLayer(layer.range(), memory.asFloatBuffer());
        parts.leaves().bind(memory, layer.begin(), layer.end(), step, gradients);
    }

    private Layer layer(Block block) {
        List<Parameter> own = block.getParameters().values();
        if (own.isEmpty()) {
            return new Layer(0, 0, new Range(0, 0));
        }
        int begin = parts.leaves().number(own.get(0));
        int end = parts.leaves().number(own.get(own.size() - 1)) + 1;
        DenseLayout layout = parts.layout();
        return new Layer(begin, end, new Range(layout.places().get(begin).from(), layout.end(end - 1)));
    }
}
