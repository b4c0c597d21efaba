package dev.smt.nn;

import java.io.Serializable;

/** A feature-interaction module: a swappable part of the architecture (paper, Fig. 2). */
public sealed interface Interaction extends Serializable {

    /** The kinds of modules, in the order in which their outputs are concatenated; a new kind goes to the end. */
    enum Kind {
        DOT,
        CROSS
    }

    Kind kind();

    /** Dot products of all pairs of feature embeddings (DLRM, Naumov et al. 2019): [B, F, D] to [B, F(F-1)/2]. */
    record Dot() implements Interaction {
        @Override
        public Kind kind() {
            return Kind.DOT;
        }
    }

    /**
     * Cross layers (DCN v2, Wang et al. 2021, Eq. 1 and 2): [B, F * D] to [B, F * D].
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
}
