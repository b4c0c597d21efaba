package dev.smt.nn.interaction;

import ai.djl.nn.Block;
import dev.smt.nn.Interaction;
import dev.smt.nn.Interaction.Cross;
import dev.smt.nn.Interaction.CrossMixture;
import dev.smt.nn.Interaction.Ensemble;
import dev.smt.nn.Interaction.FactorizationStack;
import dev.smt.nn.Interaction.Mask;
import dev.smt.nn.Interaction.VectorCross;

/** The blocks of the interactions: [B, F, D] to [B, W] each. */
public final class InteractionModules {
    private InteractionModules() {}

    /**
     * A new module.
     *
     * @param vectors F, 1 or more
     * @param dimension D
     * @param width W, to which a linear layer of the module compresses its output; 0: no such layer
     */
    public static Block of(Interaction interaction, int vectors, int dimension, int width) {
        Block module = of(interaction, vectors, dimension);
        return width > 0 ? new CompressedModule(module, width) : module;
    }

    private static Block of(Interaction interaction, int vectors, int dimension) {
        int flat = vectors * dimension;
        return switch (interaction.kind()) {
            case DOT -> vectors == 1 ? new FlatVectors() : new DotInteraction();
            case CROSS -> {
                Cross cross = (Cross) interaction;
                yield new CrossNetwork(flat, cross.layers(), cross.rank());
            }
            case FACTORIZATION_MACHINE -> vectors == 1 ? new FlatVectors() : new FactorizationMachine();
            case VECTOR_CROSS -> new VectorCrossNetwork(flat, ((VectorCross) interaction).layers());
            case CROSS_MIXTURE -> new CrossMixtureNetwork(flat, (CrossMixture) interaction);
            case ENSEMBLE -> new EnsembleNetwork(vectors, dimension, (Ensemble) interaction);
            case FACTORIZATION_STACK -> new FactorizationNetwork(vectors, dimension, (FactorizationStack) interaction);
            case MASK -> new MaskNetwork(flat, (Mask) interaction);
        };
    }
}
