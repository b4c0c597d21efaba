package dev.smt.nn.embedding;

/**
 * Decoupled weight decay (Loshchilov, Hutter 2019) of the rows that a batch touches, vector and first-order weight:
 * v -= rate * decay * v before the optimizer's own move. Rows that no batch has stay as they are.
 */
final class DecayingRows implements EmbeddingOptimizer {
    private final EmbeddingOptimizer optimizer;
    private final float weightDecay;

    /**
     * Adds weight decay to an optimizer.
     *
     * @param weightDecay lambda
     */
    DecayingRows(EmbeddingOptimizer optimizer, double weightDecay) {
        this.optimizer = optimizer;
        this.weightDecay = (float) weightDecay;
    }

    @Override
    public int stateSize(int dimension) {
        return optimizer.stateSize(dimension);
    }

    @Override
    public void update(float[] chunk, int offset, int dimension, float[] gradient, int at, float rate) {
        float kept = 1 - rate * weightDecay;
        for (int d = 0; d < dimension + 1; d++) {
            chunk[offset + d] *= kept;
        }
        optimizer.update(chunk, offset, dimension, gradient, at, rate);
    }
}
