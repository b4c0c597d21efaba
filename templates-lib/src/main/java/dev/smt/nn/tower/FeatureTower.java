package dev.smt.nn.tower;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.smt.nn.Architecture;
import dev.smt.nn.Interaction;
import dev.smt.nn.graph.GraphTape;
import dev.smt.nn.interaction.InteractionModules;
import dev.smt.nn.layer.LayerStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * From a tower's features to the head's input (paper, Fig. 2). The numeric features [B, N] become one more feature
 * vector [B, D]; all vectors [B, F, D] go through the interaction modules, whose outputs are concatenated, after the
 * numeric vector: [B, W].
 *
 * <p>Input: the embedded features' vectors [B, E, D] where E is not 0, then the numeric features [B, N] where N is not
 * 0.
 */
public final class FeatureTower extends AbstractBlock {
    private final int embedded;
    private final int numeric;
    private final int dimension;
    private final List<Block> interactions = new ArrayList<>();
    /** Without parameters: the vectors with that of the numbers after them, and all parts side by side. */
    private final Block join;

    private final Block concatenation = new LambdaBlock(parts -> new NDList(NDArrays.concat(parts, 1)), "parts");
    private Block numericTower;

    /**
     * A new tower.
     *
     * @param embedded E, number of embedded features, 0 or more
     * @param numeric N, number of numeric features, 0 or more; not both 0
     */
    public FeatureTower(Architecture architecture, int embedded, int numeric) {
        if (embedded + numeric == 0) {
            throw new IllegalArgumentException("a tower needs at least one feature");
        }
        this.embedded = embedded;
        this.numeric = numeric;
        this.dimension = architecture.embeddingDimension();
        this.join = new LambdaBlock(
                parts -> new NDList(parts.get(0).concat(parts.get(1).reshape(-1, 1, dimension), 1)), "vectors");
        if (numeric > 0) {
            numericTower = addChildBlock(
                    "numeric",
                    Perceptron.of(
                            architecture.numericTower(),
                            architecture.hiddenLayers().withDropout(0),
                            dimension,
                            true));
        }
        addInteractions(architecture);
    }

    /**
     * A module alone has the first place after the numeric tower; beside others each has the place of its kind. So a
     * module keeps its parameters' names, and with them their initial values, when another one is swapped, and those of
     * dot products with or without a cross network are what they have been since the first release.
     */
    private void addInteractions(Architecture architecture) {
        int first = children.size() + 1;
        boolean alone = architecture.interactions().size() == 1;
        for (Interaction interaction : architecture.interactions()) {
            int place = first + (alone ? 0 : interaction.kind().ordinal());
            String name = interaction.getClass().getSimpleName();
            Block module = InteractionModules.of(interaction, vectors(), dimension, architecture.interactionWidth());
            children.add(
                    String.format(
                            Locale.ROOT, "%02d%c%s", place, Character.toLowerCase(name.charAt(0)), name.substring(1)),
                    module);
            interactions.add(module);
        }
    }

    /** F, number of feature vectors that interact. */
    public int vectors() {
        return embedded + (numeric > 0 ? 1 : 0);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDList parts = new NDList();
        NDArray vectors = inputs.head();
        if (numeric > 0) {
            NDArray output = numericTower
                    .forward(store, new NDList(inputs.get(inputs.size() - 1)), training)
                    .head();
            // Several modules read it, and some have gradients of their own.
            NDArray vector = GraphTape.cut(store, output);
            parts.add(vector);
            vectors = embedded > 0
                    ? LayerStore.forward(store, join, new NDList(vectors, vector), training)
                            .head()
                    : vector.reshape(-1, 1, dimension);
        }
        for (Block interaction : interactions) {
            parts.add(LayerStore.forward(store, interaction, new NDList(vectors), training)
                    .head());
        }
        return parts.size() == 1 ? parts : LayerStore.forward(store, concatenation, parts, training);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        long width = numeric > 0 ? dimension : 0;
        for (Block interaction : interactions) {
            width += interaction.getOutputShapes(new Shape[] {vectorShape(inputs)})[0].get(1);
        }
        return new Shape[] {new Shape(inputs[0].get(0), width)};
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
        if (numeric > 0) {
            numericTower.initialize(manager, dataType, inputs[inputs.length - 1]);
        }
        for (Block interaction : interactions) {
            interaction.initialize(manager, dataType, vectorShape(inputs));
        }
    }

    private Shape vectorShape(Shape[] inputs) {
        return new Shape(inputs[0].get(0), vectors(), dimension);
    }
}
