package dev.smt.nn.embedding;

import java.util.function.Supplier;

/**
 * How one row of an embedding table moves. Its state lies in the row itself, so that a move touches one stretch of memory:
 * vector [D], first-order weight, state.
 */
public interface EmbeddingOptimizer {
    /** Keeps a step finite where a gradient is 0. */
    float EPSILON = 1e-8f;

    /** Number of floats of state that a row of width D has; they begin at 0. */
    int stateSize(int dimension);

    /**
     * Moves a row against its gradient.
     *
     * @param chunk has the row from {@code offset}: vector [D], first-order weight, state
     * @param gradient has the vector's gradient [D] from {@code at}, then the first-order weight's
     * @param rate learning rate
     */
    void update(float[] chunk, int offset, int dimension, float[] gradient, int at, float rate);

    /** The optimizers by name. None has momentum: rows that a batch doesn't have would have to move too. */
    enum Kind {
        /** {@link RowWiseAdaGrad}. */
        ROW_WISE_ADAGRAD(RowWiseAdaGrad::new),
        /** {@link ElementWiseAdaGrad}. */
        ADAGRAD(ElementWiseAdaGrad::new),
        /** {@link GradientDescent}. */
        SGD(GradientDescent::new);

        private final Supplier<EmbeddingOptimizer> constructor;

        Kind(Supplier<EmbeddingOptimizer> constructor) {
            this.constructor = constructor;
        }

        /**
         * The optimizer.
         *
         * @param weightDecay of {@link DecayingRows}; 0: none
         */
        public EmbeddingOptimizer create(double weightDecay) {
            EmbeddingOptimizer optimizer = constructor.get();
            return weightDecay == 0 ? optimizer : new DecayingRows(optimizer, weightDecay);
        }
    }
}
