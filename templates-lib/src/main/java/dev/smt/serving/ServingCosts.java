package dev.smt.serving;

import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.nn.Architecture;
import dev.smt.nn.HiddenLayers;
import dev.smt.nn.Interaction;
import dev.smt.nn.Interaction.Cross;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.Paradigm;
import java.util.List;

/**
 * Counts what one example's forward pass costs, from the specification alone. Letters: D embedding dimension, F vectors
 * of a tower (one per id feature, one per sequence, one for all numeric features), N = F * D, L ids of a sequence.
 *
 * <table>
 * <caption>FLOPs and parameters of each part</caption>
 * <tr><th>part</th><th>FLOPs</th><th>parameters</th></tr>
 * <tr><td>id feature of R rows</td><td>1 (its first-order weight is added to the logit)</td><td>R (D + 1)</td></tr>
 * <tr><td>sequence of R rows</td><td>(L - 1)(D + 1) sum, D + 1 more for a mean, 1 to the logit</td>
 * <td>R (D + 1)</td></tr>
 * <tr><td>n numeric features, first order</td><td>2 n</td><td>n</td></tr>
 * <tr><td>linear layer, I to O, bias included</td><td>2 I O</td><td>I O + O</td></tr>
 * <tr><td>ReLU or GELU after a hidden layer of width O; SiLU</td><td>O; 2 O</td><td>0</td></tr>
 * <tr><td>layer norm of a vector of width O</td><td>7 O + 3</td><td>2 O</td></tr>
 * <tr><td>dot products of pairs; a single vector is passed on</td><td>2 D F (F - 1) / 2</td><td>0</td></tr>
 * <tr><td>cross layer, full</td><td>2 N N + 2 N</td><td>N N + N</td></tr>
 * <tr><td>cross layer, rank r</td><td>4 N r + 2 N</td><td>2 N r + N</td></tr>
 * <tr><td>dot product of two towers, and its bias</td><td>2 D</td><td>1</td></tr>
 * </table>
 *
 * <p>A multiply-add counts 2. Sequences count at their longest. Looking rows up and the final sigmoid count nothing.
 * R is the feature's cardinality, at most the architecture's embedding buckets. Optimizer state isn't served, and
 * isn't counted. The formula is our own choice: the paper names FLOPs (section 3.3.1), and doesn't say how it counts.
 */
public final class ServingCosts {
    private static final int BYTES_PER_PARAMETER = Float.BYTES;

    private ServingCosts() {}

    /** The cost of the network that is built from a specification. */
    public static ServingCost of(NetworkSpecification network) {
        Count count = network.architecture().paradigm() == Paradigm.DECOUPLED_SPARSE_NN
                ? twoTowers(network)
                : tower(network, network.features(), 1);
        return new ServingCost(count.flops, count.parameters * BYTES_PER_PARAMETER);
    }

    private static Count twoTowers(NetworkSpecification network) {
        int width = network.architecture().embeddingDimension();
        Count user = tower(network, side(network, false), width);
        Count item = tower(network, side(network, true), width);
        return user.plus(item).plus(new Count(2.0 * width, 1));
    }

    private static List<Feature> side(NetworkSpecification network, boolean item) {
        return network.features().stream()
                .filter(feature -> (feature.side() == FeatureSide.ITEM) == item)
                .toList();
    }

    private static Count tower(NetworkSpecification network, List<Feature> features, int outputs) {
        Architecture architecture = network.architecture();
        int dimension = architecture.embeddingDimension();
        Count count = Count.NONE;
        int numeric = 0;
        for (Feature feature : features) {
            if (feature.column() instanceof NumericColumn) {
                numeric++;
            }
            count = count.plus(lookup(network, feature));
        }
        int vectors = features.size() - numeric + Math.min(numeric, 1);
        if (numeric > 0) {
            count = count.plus(new Count(2.0 * numeric, numeric))
                    .plus(perceptron(numeric, architecture.numericTower(), architecture.hiddenLayers(), dimension));
        }
        double headInputs = numeric > 0 ? dimension : 0;
        for (Interaction interaction : architecture.interactions()) {
            count = count.plus(interaction(interaction, vectors, dimension));
            headInputs += outputs(interaction, vectors, dimension);
        }
        return count.plus(perceptron(headInputs, architecture.head(), architecture.hiddenLayers(), outputs));
    }

    private static Count lookup(NetworkSpecification network, Feature feature) {
        double rowWidth = network.architecture().embeddingDimension() + 1.0;
        if (feature.column() instanceof IdColumn id) {
            return new Count(1, rows(network, id.cardinality()) * rowWidth);
        }
        if (feature.column() instanceof SequenceColumn sequence) {
            int length = Math.min(network.maxSequenceLength(), sequence.maxLength());
            double pooling = (length - 1) * rowWidth + (network.pooling() == SequencePooling.MEAN ? rowWidth : 0);
            return new Count(pooling + 1, rows(network, sequence.cardinality()) * rowWidth);
        }
        return Count.NONE;
    }

    private static int rows(NetworkSpecification network, int cardinality) {
        int cap = network.architecture().embeddingBuckets();
        return cap > 0 ? Math.min(cap, cardinality) : cardinality;
    }

    private static Count interaction(Interaction interaction, int vectors, int dimension) {
        return switch (interaction.kind()) {
            case DOT -> new Count(2 * dimension * pairs(vectors), 0);
            case CROSS -> crossLayers((Cross) interaction, (double) vectors * dimension);
        };
    }

    private static double pairs(int vectors) {
        return vectors * (vectors - 1.0) / 2;
    }

    private static Count crossLayers(Cross cross, double width) {
        double weights = cross.rank() == 0 ? width * width : 2 * width * cross.rank();
        return new Count(cross.layers() * (2 * weights + 2 * width), cross.layers() * (weights + width));
    }

    private static double outputs(Interaction interaction, int vectors, int dimension) {
        return switch (interaction.kind()) {
            case DOT -> vectors == 1 ? dimension : pairs(vectors);
            case CROSS -> (double) vectors * dimension;
        };
    }

    private static Count perceptron(double inputs, List<Integer> hidden, HiddenLayers layers, int outputs) {
        Count count = Count.NONE;
        double width = inputs;
        for (int next : hidden) {
            count = count.plus(linear(width, next)).plus(afterMap(layers, next));
            width = next;
        }
        return count.plus(linear(width, outputs));
    }

    /** Dropout is off where a model serves. */
    private static Count afterMap(HiddenLayers layers, double width) {
        double activation = layers.activation() == HiddenLayers.Activation.SILU ? 2 * width : width;
        return layers.normalization() == HiddenLayers.Normalization.LAYER
                ? new Count(activation + 7 * width + 3, 2 * width)
                : new Count(activation, 0);
    }

    private static Count linear(double inputs, double outputs) {
        return new Count(2 * inputs * outputs, inputs * outputs + outputs);
    }

    private record Count(double flops, double parameters) {
        static final Count NONE = new Count(0, 0);

        Count plus(Count other) {
            return new Count(flops + other.flops, parameters + other.parameters);
        }
    }
}
