package dev.smt.training;

import dev.smt.nn.embedding.SparseGradient;
import java.util.List;

/**
 * Clipping by the global norm (Pascanu, Mikolov, Bengio 2013, Algorithm 1). The norm is over all gradients of a batch: those
 * of the dense parameters, and those of the touched rows of all embedding tables, each row's being the sum over its uses
 * in the batch. Where it is above the limit, all of them are multiplied by limit / norm.
 */
final class GradientClipping {
    private final DenseParameters dense;
    private final List<SparseGradient> embeddings;
    private final double limit;

    /**
     * Clips the gradients of a model.
     *
     * @param limit 0: never
     */
    GradientClipping(DenseParameters dense, List<SparseGradient> embeddings, double limit) {
        this.dense = dense;
        this.embeddings = embeddings;
        this.limit = limit;
    }

    /** Called between the backward pass and the update. */
    void clip() {
        if (limit == 0) {
            return;
        }
        double norm = norm();
        if (norm > limit) {
            float factor = (float) (limit / norm);
            float[] gradient = dense.gradient();
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] *= factor;
            }
            embeddings.forEach(table -> table.scale(factor));
        }
    }

    /** The norm of all gradients. */
    double norm() {
        double squares = 0;
        for (float g : dense.gradient()) {
            squares += (double) g * g;
        }
        for (SparseGradient table : embeddings) {
            squares += table.squaredNorm();
        }
        return Math.sqrt(squares);
    }
}
