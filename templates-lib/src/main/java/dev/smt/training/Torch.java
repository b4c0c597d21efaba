package dev.smt.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * The few calls into the PyTorch engine that DJL's public interface can't make from several threads: its
 * {@code GradientCollector} exists once per JVM, while the calls below are per thread and per graph.
 */
final class Torch {
    private static final String ENGINE = "PyTorch";

    private Torch() {}

    /** A manager that owns native memory until it is closed. Starts the engine, with one thread if nothing else is set. */
    static NDManager newManager() {
        return newManager(ComputeDevice.CPU);
    }

    /** The same, of a device's memory. */
    static NDManager newManager(ComputeDevice device) {
        // The engine reads them once, at its start: parallelism comes from trainings beside one another.
        for (String property : new String[] {"ai.djl.pytorch.num_threads", "ai.djl.pytorch.num_interop_threads"}) {
            if (System.getProperty(property) == null) {
                System.setProperty(property, "1");
            }
        }
        return device instanceof ComputeDevice.Gpu gpu
                ? NDManager.newBaseManager(Device.gpu(gpu.number()), ENGINE)
                : NDManager.newBaseManager(Device.cpu(), ENGINE);
    }

    /** Turns gradient recording on or off for the calling thread. */
    static void recordGradients(boolean on) {
        JniUtils.setGradMode(on);
    }

    /** Back-propagates the gradient of an output to all leaves that require one; leaves add up. */
    static void backward(NDArray output, NDArray gradient) {
        JniUtils.backward((PtNDArray) output, (PtNDArray) gradient, false, false);
    }

    /** The same, of a graph part that is propagated back through more than once. */
    static void backwardAgain(NDArray output, NDArray gradient) {
        JniUtils.backward((PtNDArray) output, (PtNDArray) gradient, true, false);
    }

    /** Sets a leaf's gradient to zero. */
    static void zeroGradient(NDArray leaf) {
        JniUtils.zeroGrad((PtNDArray) leaf);
    }

    /** The memory of an array, shared with it, or a copy where the array is on a GPU; valid while the array is open. */
    static ByteBuffer memory(NDArray array) {
        return array.toByteBuffer(true);
    }

    /** A copy of an array's numbers. */
    static float[] numbers(NDArray array) {
        float[] numbers = new float[Math.toIntExact(array.size())];
        memory(array).asFloatBuffer().get(numbers);
        return numbers;
    }

    /** An array over part of another's memory, or a copy of it where the manager's device is a GPU. */
    static NDArray alias(NDManager manager, ByteBuffer memory, int fromFloat, Shape shape) {
        int from = fromFloat * Float.BYTES;
        int length = Math.toIntExact(shape.size()) * Float.BYTES;
        // The native call ignores a buffer's position: only a slice begins where it should.
        return manager.create(memory.slice(from, length).order(memory.order()), shape, DataType.FLOAT32);
    }

    /** Overwrites a leaf by part of an array's memory. */
    static void set(NDArray leaf, ByteBuffer memory, int fromFloat) {
        int length = Math.toIntExact(leaf.size()) * Float.BYTES;
        leaf.set(memory.slice(fromFloat * Float.BYTES, length).order(memory.order()));
    }

    /** Copies a leaf's gradient; what the copy needs lives in {@code manager}. */
    static void copyGradient(NDArray leaf, NDManager manager, float[] to, int at, int length) {
        NDArray gradient = leaf.getGradient();
        // A gradient that is not contiguous is made so in its own manager.
        gradient.attach(manager);
        FloatBuffer values = memory(gradient).asFloatBuffer();
        values.get(to, at, length);
        gradient.close();
    }
}
