package dev.smt.serving;

import dev.smt.nn.Architecture;
import dev.smt.nn.HiddenLayers;
import java.util.List;

/**
 * What perceptrons cost, and the heads that are made of them.
 *
 * @param events E
 * @param width V, numbers per event
 */
record HeadCosts(Architecture architecture, int events, int width) {

    /** A head on W inputs. */
    Count of(double inputs, boolean bias) {
        double last = architecture.head().isEmpty()
                ? inputs
                : architecture.head().get(architecture.head().size() - 1);
        int experts = architecture.experts();
        if (experts == 0) {
            return hidden(inputs, architecture.head(), architecture.hiddenLayers())
                    .plus(output(last, (double) events * width, bias));
        }
        Count perEvent = Count.linearOnly(1, inputs, experts)
                .plus(Count.softmax(experts))
                .plus(Count.elementwise((2.0 * experts - 1) * last))
                .plus(output(last, width, bias));
        return hidden(inputs, architecture.head(), architecture.hiddenLayers())
                .times(experts)
                .plus(perEvent.times(events));
    }

    /** Linear layers, each with a bias and what follows it; dropout is off where a model serves. */
    static Count hidden(double inputs, List<Integer> widths, HiddenLayers layers) {
        Count count = Count.NONE;
        double width = inputs;
        for (int next : widths) {
            count = count.plus(Count.linear(width, next)).plus(afterMap(layers, next));
            width = next;
        }
        return count;
    }

    private static Count afterMap(HiddenLayers layers, double width) {
        // SiLU is made of a sigmoid and a product.
        double functions = layers.activation() == HiddenLayers.Activation.SILU ? 2 : 1;
        Count activation = Count.elementwise(functions * width);
        return layers.normalization() == HiddenLayers.Normalization.LAYER
                ? activation.plus(Count.layerNorm(1, width))
                : activation;
    }

    private static Count output(double inputs, double outputs, boolean bias) {
        return bias ? Count.linear(inputs, outputs) : Count.linearOnly(1, inputs, outputs);
    }
}
