package dev.smt.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.smt.training.optimizer.DenseOptimizer;
import dev.smt.training.sharding.AllReduce;
import dev.smt.training.sharding.DeviceMeter;
import dev.smt.training.sharding.DeviceTraffic;
import dev.smt.training.sharding.MemoryUse;
import dev.smt.training.sharding.Range;
import dev.smt.training.sharding.Rendezvous;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * One part of the dense parameters and of their optimizer's state (Rajbhandari et al. 2020, stage 3): a layer's parameters
 * are gathered from the group's devices when it runs, and its gradients go to the devices that keep the parameters, which
 * sum them in the devices' order.
 */
final class ShardedDense implements DeviceDense {
    private final DeviceParts parts;
    private final Range shard;
    private final DeviceMeter meter;
    private final DeviceTraffic traffic;
    private final float[] values;
    private final float[] gradient;
    private final DenseOptimizer optimizer;
    private final LayerTape tape;
    private float[] layerGradient = new float[0];
    private List<ShardedDense> group = List.of();
    private Rendezvous rendezvous = new Rendezvous(1);
    private AllReduce acrossGroups;
    private int groupNumber;

    /**
     * A device's part.
     *
     * @param shard what it keeps
     * @param initial values of all parameters
     * @param optimizer of the part
     */
    ShardedDense(
            DeviceParts parts,
            Range shard,
            float[] initial,
            DenseOptimizer optimizer,
            DeviceMeter meter,
            DeviceTraffic traffic) {
        this.parts = parts;
        this.shard = shard;
        this.meter = meter;
        this.traffic = traffic;
        this.optimizer = optimizer;
        this.values = meter.floats(MemoryUse.PARAMETERS, shard.length());
        this.gradient = meter.floats(MemoryUse.GRADIENTS, shard.length());
        meter.add(MemoryUse.OPTIMIZER_STATE, optimizer.stateBytes());
        System.arraycopy(initial, shard.from(), values, 0, values.length);
        this.tape = new LayerTape(parts, this, meter);
    }

    float[] gradient() {
        return gradient;
    }

    /**
     * Called once, when all devices are there.
     *
     * @param devices of the group, in their order
     * @param wait where they wait for each other
     * @param same the sum over the devices of all groups that keep the same parameters
     * @param number of the group
     */
    void connect(List<ShardedDense> devices, Rendezvous wait, AllReduce same, int number) {
        group = devices;
        rendezvous = wait;
        acrossGroups = same;
        groupNumber = number;
    }

    @Override
    public NDArray forward(NDList inputs, NDManager step) {
        Arrays.fill(gradient, 0);
        return tape.forward(inputs, step);
    }

    @Override
    public void backward(NDArray output, NDArray outputGradient, NDManager step) {
        tape.backward(output, outputGradient, step);
    }

    /** Collects a layer's parameters from the group. */
    void gatherLayer(Range layer, FloatBuffer to) {
        for (ShardedDense owner : group) {
            Range part = owner.shard.and(layer);
            if (part.length() > 0) {
                to.put(part.from() - layer.from(), owner.values, part.from() - owner.shard.from(), part.length());
                traffic.dense(owner.parts.device(), part.length());
            }
        }
    }

    /** Room for the gradient of a layer. */
    float[] layerGradient(int length) {
        if (length > layerGradient.length) {
            meter.add(MemoryUse.GRADIENTS, (long) (length - layerGradient.length) * Float.BYTES);
            layerGradient = new float[length];
        }
        // The gaps between parameters must not move.
        Arrays.fill(layerGradient, 0, length, 0);
        return layerGradient;
    }

    /** Adds the group's gradients of a layer to those that this device keeps; all devices of the group call it together. */
    void reduceLayer(Range layer) {
        rendezvous.await();
        Range part = shard.and(layer);
        for (int i = part.from(); i < part.to(); i++) {
            float sum = 0;
            for (ShardedDense device : group) {
                sum += device.layerGradient[i - layer.from()];
            }
            gradient[i - shard.from()] += sum;
        }
        group.forEach(device -> traffic.dense(device.parts.device(), part.length()));
        rendezvous.await();
    }

    @Override
    public void reduce() {
        acrossGroups.reduceScatter(groupNumber, traffic);
    }

    @Override
    public void gather() {
        acrossGroups.allGather(groupNumber, traffic);
    }

    @Override
    public void update(double learningRate) {
        optimizer.update(values, gradient, learningRate);
    }

    @Override
    public void copyTo(float[] to) {
        System.arraycopy(values, 0, to, shard.from(), values.length);
    }
}
