package dev.smt.nn.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;

/**
 * SiLU (Elfwing, Uchibe, Doya 2018). The engine's own {@code swish} multiplies by a number, so it must not be
 * differentiated: see {@link Constant}.
 */
public final class SigmoidLinearUnit {
    private SigmoidLinearUnit() {}

    /** x times its sigmoid, in the shape of x. */
    public static NDArray of(NDArray x) {
        return x.mul(Activation.sigmoid(x));
    }
}
