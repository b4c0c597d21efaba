package dev.smt.nn;

import java.io.Serializable;

/**
 * A feature-interaction module: a swappable part of the architecture (paper, Fig. 2). Letters: B batch, F feature
 * vectors of the tower, D embedding dimension. Every module takes [B, F, D], for any F from 1 on.
 */
public sealed interface Interaction extends Serializable {

    /** The kinds of modules, in the order in which their outputs are concatenated; a new kind goes to the end. */
    enum Kind {
        DOT,
        CROSS,
        FACTORIZATION_MACHINE,
        VECTOR_CROSS,
        CROSS_MIXTURE,
        ENSEMBLE,
        FACTORIZATION_STACK,
        MASK
    }

    Kind kind();

    /** The smallest D that the module is of use with: the layer norm of a single number is a constant. */
    default int leastDimension() {
        return 1;
    }

    /**
     * Dot products of all pairs of feature embeddings (DLRM, Naumov et al. 2019): [B, F, D] to [B, F(F-1)/2]. A single
     * vector has no pairs, and is passed on: [B, D].
     */
    record Dot() implements Interaction {
        @Override
        public Kind kind() {
            return Kind.DOT;
        }
    }

    /**
     * Cross layers (DCN v2, Wang et al. 2021, Eq. 1 and 2): [B, F, D] to [B, F * D].
     *
     * @param layers number of layers, 1 or more
     * @param rank rank of each layer's weight matrix; 0: full
     */
    record Cross(int layers, int rank) implements Interaction {
        public Cross {
            if (layers < 1 || rank < 0) {
                throw new IllegalArgumentException("cross network has " + layers + " layers of rank " + rank
                        + "; allowed: 1 or more layers, rank 0 (full) or more");
            }
        }

        @Override
        public Kind kind() {
            return Kind.CROSS;
        }
    }

    /**
     * The second-order part of a factorization machine (Rendle 2010, section III) before its last sum, so one number per
     * embedding dimension: the sum of the elementwise products of all pairs, [B, F, D] to [B, D]. A single vector has no
     * pairs, and is passed on.
     */
    record FactorizationMachine() implements Interaction {
        @Override
        public Kind kind() {
            return Kind.FACTORIZATION_MACHINE;
        }
    }

    /**
     * Cross layers with a weight vector each (DCN, Wang et al. 2017, section 2.2): [B, F, D] to [B, F * D].
     *
     * @param layers number of layers, 1 or more
     */
    record VectorCross(int layers) implements Interaction {
        public VectorCross {
            require("vector cross network", "layers", layers, 1);
        }

        @Override
        public Kind kind() {
            return Kind.VECTOR_CROSS;
        }
    }

    /**
     * Cross layers whose matrices are gated mixtures of low-rank ones (DCN v2, Wang et al. 2021, the cost-effective
     * mixture of low-rank DCN): [B, F, D] to [B, F * D].
     *
     * @param layers number of layers, 1 or more
     * @param experts low-rank maps of each layer, weighed by a softmax gate; 1 or more
     * @param rank of each expert, 1 or more
     */
    record CrossMixture(int layers, int experts, int rank) implements Interaction {
        public CrossMixture {
            require("cross mixture", "layers", layers, 1);
            require("cross mixture", "experts", experts, 1);
            require("cross mixture", "rank", rank, 1);
        }

        @Override
        public Kind kind() {
            return Kind.CROSS_MIXTURE;
        }
    }

    /**
     * Layers of several interactions side by side (DHEN, Zhang et al. 2022): dot products, a low-rank cross layer and a
     * linear map over the features, summed with the layer's input and normalized: [B, F, D] to [B, F * D].
     *
     * @param layers number of layers, 1 or more
     * @param rank of the two low-rank maps of a layer, 1 or more
     */
    record Ensemble(int layers, int rank) implements Interaction {
        public Ensemble {
            require("ensemble", "layers", layers, 1);
            require("ensemble", "rank", rank, 1);
        }

        @Override
        public Kind kind() {
            return Kind.ENSEMBLE;
        }

        @Override
        public int leastDimension() {
            return 2;
        }
    }

    /**
     * Layers of a factorization machine block beside a linear compression block (Wukong, Zhang et al. 2024): [B, F, D]
     * to [B, (factorized + compressed) * D].
     *
     * @param layers number of layers, 1 or more
     * @param rank columns of the projection of the factorization machine's products, 2 or more
     * @param factorized vectors that the factorization machine block makes, 1 or more
     * @param compressed vectors that the linear compression block makes, 1 or more
     * @param hidden width of the hidden layer of the factorization machine block, 1 or more
     */
    record FactorizationStack(int layers, int rank, int factorized, int compressed, int hidden) implements Interaction {
        public FactorizationStack {
            require("factorization stack", "layers", layers, 1);
            require("factorization stack", "rank", rank, 2);
            require("factorization stack", "factorized vectors", factorized, 1);
            require("factorization stack", "compressed vectors", compressed, 1);
            require("factorization stack", "hidden width", hidden, 1);
        }

        @Override
        public Kind kind() {
            return Kind.FACTORIZATION_STACK;
        }

        @Override
        public int leastDimension() {
            return 2;
        }
    }

    /**
     * Parallel blocks that multiply the normalized vectors by a mask made from the vectors themselves (MaskNet, Wang et
     * al. 2021): [B, F, D] to [B, blocks * width].
     *
     * @param blocks number of blocks, 1 or more
     * @param aggregation width of the mask's hidden layer as a multiple of F * D, above 0, at most 100
     * @param width of each block's output, 2 or more
     */
    record Mask(int blocks, double aggregation, int width) implements Interaction {
        private static final int MOST_AGGREGATION = 100;

        public Mask {
            require("mask", "blocks", blocks, 1);
            require("mask", "width", width, 2);
            if (!(aggregation > 0 && aggregation <= MOST_AGGREGATION)) {
                throw new IllegalArgumentException(
                        "mask has aggregation " + aggregation + "; allowed: above 0, at most " + MOST_AGGREGATION);
            }
        }

        /** Units of the mask's hidden layer for vectors that are F * D wide together; at least 1. */
        public int aggregated(int flatWidth) {
            return Math.max(1, Math.toIntExact(Math.round(aggregation * flatWidth)));
        }

        @Override
        public Kind kind() {
            return Kind.MASK;
        }

        @Override
        public int leastDimension() {
            return 2;
        }
    }

    private static void require(String module, String what, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    module + " has " + what + " " + value + "; allowed: " + least + " or more");
        }
    }
}
