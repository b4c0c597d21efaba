package dev.smt.serving;

import dev.smt.nn.Interaction;
import dev.smt.nn.Interaction.Cross;
import dev.smt.nn.Interaction.CrossMixture;
import dev.smt.nn.Interaction.Ensemble;
import dev.smt.nn.Interaction.FactorizationStack;
import dev.smt.nn.Interaction.Mask;
import dev.smt.nn.Interaction.VectorCross;

/** What the interaction modules cost on F vectors of width D. The table is in {@link ServingCosts}. */
record InteractionCosts(int vectors, int dimension) {

    /** The cost of a module, without a compression of its output. */
    Count of(Interaction interaction) {
        return switch (interaction.kind()) {
            case DOT -> vectors == 1 ? Count.NONE : Count.product(vectors, dimension, vectors);
            case CROSS -> cross((Cross) interaction);
            case FACTORIZATION_MACHINE -> vectors == 1
                    ? Count.NONE
                    : Count.elementwise(3.0 * vectors * dimension + dimension);
            case VECTOR_CROSS -> new Count(5 * flat() - 1, 2 * flat()).times(((VectorCross) interaction).layers());
            case CROSS_MIXTURE -> mixture((CrossMixture) interaction);
            case ENSEMBLE -> ensemble((Ensemble) interaction);
            case FACTORIZATION_STACK -> stack((FactorizationStack) interaction);
            case MASK -> mask((Mask) interaction);
        };
    }

    /** Width of a module's output, before a compression. */
    double outputs(Interaction interaction) {
        return switch (interaction.kind()) {
            case DOT -> vectors == 1 ? dimension : vectors * (vectors - 1.0) / 2;
            case FACTORIZATION_MACHINE -> dimension;
            case CROSS, VECTOR_CROSS, CROSS_MIXTURE, ENSEMBLE -> flat();
            case FACTORIZATION_STACK -> outputVectors((FactorizationStack) interaction) * dimension;
            case MASK -> {
                Mask mask = (Mask) interaction;
                yield (double) mask.blocks() * mask.width();
            }
        };
    }

    private double flat() {
        return (double) vectors * dimension;
    }

    private static double outputVectors(FactorizationStack stack) {
        return (double) stack.factorized() + stack.compressed();
    }

    private Count cross(Cross cross) {
        double width = flat();
        Count map = cross.rank() == 0 ? Count.linear(width, width) : lowRank(width, cross.rank(), width);
        return map.plus(Count.elementwise(2 * width)).times(cross.layers());
    }

    /** A linear layer without a bias and one with. */
    private static Count lowRank(double inputs, double rank, double outputs) {
        return Count.linearOnly(1, inputs, rank).plus(Count.linear(rank, outputs));
    }

    private Count mixture(CrossMixture mixture) {
        double width = flat();
        double inner = (double) mixture.experts() * mixture.rank();
        Count layer = Count.linearOnly(1, width, mixture.experts())
                .plus(Count.softmax(mixture.experts()))
                .plus(Count.linearOnly(1, width, inner))
                .plus(Count.linearOnly(1, mixture.rank(), mixture.rank()).times(mixture.experts()))
                .plus(Count.elementwise(3 * inner))
                .plus(Count.linear(inner, width))
                .plus(Count.elementwise(2 * width));
        return layer.times(mixture.layers());
    }

    private Count ensemble(Ensemble ensemble) {
        double width = flat();
        Count mixed = new Count(2.0 * dimension * vectors * vectors, (double) vectors * vectors + vectors);
        Count layer = Count.product(vectors, dimension, vectors)
                .plus(lowRank((double) vectors * vectors, ensemble.rank(), width))
                .plus(lowRank(width, ensemble.rank(), width))
                .plus(mixed)
                .plus(Count.elementwise(4 * width))
                .plus(Count.layerNorm(vectors, dimension));
        return layer.times(ensemble.layers());
    }

    private Count stack(FactorizationStack stack) {
        Count count = layer(stack, vectors);
        return count.plus(layer(stack, outputVectors(stack)).times(stack.layers() - 1.0));
    }

    private Count layer(FactorizationStack stack, double inputs) {
        double outputs = outputVectors(stack);
        double products = inputs * stack.rank();
        Count residual = inputs == outputs ? Count.NONE : Count.linearOnly(dimension, inputs, outputs);
        return Count.linearOnly(dimension, inputs, stack.rank())
                .plus(Count.product(inputs, dimension, stack.rank()))
                .plus(Count.layerNorm(1, products))
                .plus(Count.linear(products, stack.hidden()))
                .plus(Count.elementwise(stack.hidden()))
                .plus(Count.linear(stack.hidden(), (double) stack.factorized() * dimension))
                .plus(Count.linearOnly(dimension, inputs, stack.compressed()))
                .plus(residual)
                .plus(Count.elementwise(outputs * dimension))
                .plus(Count.layerNorm(outputs, dimension));
    }

    private Count mask(Mask mask) {
        double width = flat();
        double aggregated = mask.aggregated(vectors * dimension);
        Count block = Count.linear(width, aggregated)
                .plus(Count.elementwise(aggregated))
                .plus(Count.linear(aggregated, width))
                .plus(Count.elementwise(width))
                .plus(Count.linearOnly(1, width, mask.width()))
                .plus(Count.layerNorm(1, mask.width()))
                .plus(Count.elementwise(mask.width()));
        return Count.layerNorm(vectors, dimension).plus(block.times(mask.blocks()));
    }
}
