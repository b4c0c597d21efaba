package dev.smt.nn.head;

import ai.djl.nn.Block;
import dev.smt.nn.Architecture;
import dev.smt.nn.tower.Perceptron;

/** The head of a tower: from what the interactions give, [B, W], to one vector of width V for each of E events. */
public final class EventHead {
    private EventHead() {}

    /**
     * A new head, [B, W] to [B, E * V]: one perceptron that all events share (shared bottom), or experts that each event
     * mixes for itself, where the architecture has them.
     *
     * @param events E
     * @param width V
     * @param bias whether the last layer has a bias
     */
    public static Block of(Architecture architecture, int events, int width, boolean bias) {
        return architecture.experts() == 0
                ? Perceptron.of(architecture.head(), architecture.hiddenLayers(), events * width, bias)
                : new MultiGateMixtureOfExperts(
                        architecture.experts(), architecture.head(), architecture.hiddenLayers(), events, width, bias);
    }
}
