package dev.smt.nn;

import java.io.Serializable;
import java.util.Objects;

/**
 * What follows the linear map in every hidden layer of a network's perceptrons: normalization, activation, dropout.
 *
 * @param activation after every hidden layer
 * @param normalization before the activation
 * @param dropout share of the values behind the head's activations that each training step leaves out (Srivastava et al.
 *     2014), in [0, 1); the others are divided by 1 - dropout, so that nothing changes at prediction
 */
public record HiddenLayers(Activation activation, Normalization normalization, double dropout) implements Serializable {
    /** ReLU, and nothing else. */
    public static final HiddenLayers DEFAULT = new HiddenLayers(Activation.RELU, Normalization.NONE, 0);

    /** Activations. */
    public enum Activation {
        /** max(x, 0). */
        RELU,
        /** x times the normal distribution's probability of less than x (Hendrycks, Gimpel 2016). */
        GELU,
        /** x times its sigmoid (Elfwing, Uchibe, Doya 2018). */
        SILU
    }

    /** Normalizations. */
    public enum Normalization {
        /** As it is. */
        NONE,
        /** Each row's values to mean 0 and variance 1, then a gain and a shift per value (Ba, Kiros, Hinton 2016). */
        LAYER
    }

    public HiddenLayers {
        Objects.requireNonNull(activation, "activation");
        Objects.requireNonNull(normalization, "normalization");
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout is " + dropout + "; allowed: 0 (none) to below 1");
        }
    }

    public HiddenLayers withActivation(Activation value) {
        return new HiddenLayers(value, normalization, dropout);
    }

    public HiddenLayers withNormalization(Normalization value) {
        return new HiddenLayers(activation, value, dropout);
    }

    public HiddenLayers withDropout(double value) {
        return new HiddenLayers(activation, normalization, value);
    }
}
