package dev.smt.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.smt.nn.network.RankingNetwork;
import dev.smt.training.optimizer.DenseOptimizer;
import dev.smt.training.sharding.AllReduce;
import dev.smt.training.sharding.DeviceMeter;
import dev.smt.training.sharding.DeviceTraffic;
import dev.smt.training.sharding.MemoryUse;
import java.nio.ByteBuffer;

/** All dense parameters, of a device that has them like every other (data parallel). */
final class ReplicatedDense implements DeviceDense {
    private final int device;
    private final RankingNetwork network;
    private final LeafStore leaves;
    private final DenseLayout layout;
    private final DeviceMeter meter;
    private final DeviceTraffic traffic;
    private final float[] values;
    private final float[] gradient;
    private final ByteBuffer memory;
    private final DenseOptimizer optimizer;
    private AllReduce sum;

    /**
     * A device's copy.
     *
     * @param initial values
     * @param optimizer of all parameters
     */
    ReplicatedDense(
            DeviceParts parts, float[] initial, DenseOptimizer optimizer, DeviceMeter meter, DeviceTraffic traffic) {
        this.device = parts.device();
        this.network = parts.network();
        this.leaves = parts.leaves();
        this.layout = parts.layout();
        this.meter = meter;
        this.traffic = traffic;
        this.optimizer = optimizer;
        values = meter.floats(MemoryUse.PARAMETERS, layout.size());
        gradient = meter.floats(MemoryUse.GRADIENTS, layout.size());
        memory = Torch.memory(parts.manager().zeros(new Shape(layout.size())));
        meter.add(MemoryUse.PARAMETERS, memory.capacity());
        meter.add(MemoryUse.OPTIMIZER_STATE, optimizer.stateBytes());
        System.arraycopy(initial, 0, values, 0, values.length);
        memory.asFloatBuffer().put(values);
    }

    float[] gradient() {
        return gradient;
    }

    /** Called once, when all devices are there. */
    void connect(AllReduce devices) {
        sum = devices;
    }

    @Override
    public NDArray forward(NDList inputs, NDManager step) {
        leaves.bind(memory, 0, layout.places().size(), step, true);
        Torch.recordGradients(true);
        try {
            return network.forward(leaves, inputs, false).head();
        } finally {
            Torch.recordGradients(false);
        }
    }

    @Override
    public void backward(NDArray output, NDArray outputGradient, NDManager step) {
        long leafBytes = (long) layout.size() * Float.BYTES;
        meter.add(MemoryUse.GRADIENTS, leafBytes);
        Torch.backward(output, outputGradient);
        leaves.takeGradients(step, gradient);
        meter.add(MemoryUse.GRADIENTS, -leafBytes);
    }

    @Override
    public void reduce() {
        sum.reduceScatter(device, traffic);
    }

    @Override
    public void gather() {
        sum.allGather(device, traffic);
    }

    @Override
    public void update(double learningRate) {
        optimizer.update(values, gradient, learningRate);
        memory.asFloatBuffer().put(values);
    }

    @Override
    public void copyTo(float[] to) {
        System.arraycopy(values, 0, to, 0, values.length);
    }
}
