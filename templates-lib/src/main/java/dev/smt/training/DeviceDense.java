package dev.smt.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/**
 * The dense part of one device. A step of all devices is {@link #forward}, {@link #backward}, {@link #reduce}, {@link
 * #gather} and {@link #update}; each begins when all devices have done the one before.
 */
interface DeviceDense {
    /** The outputs [B, O] of the device's rows. */
    NDArray forward(NDList inputs, NDManager step);

    /** Brings the gradient of the last outputs to the parameters and the inputs. */
    void backward(NDArray output, NDArray gradient, NDManager step);

    /** Round 1 of the sum over the devices that have the same parameters. */
    void reduce();

    /** Round 2. */
    void gather();

    /** Moves the parameters that the device keeps. */
    void update(double learningRate);

    /** Copies the parameters that the device keeps to their places. */
    void copyTo(float[] values);
}
