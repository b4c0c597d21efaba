package dev.smt.nn.embedding;

/** Stochastic gradient descent (Robbins, Monro 1951), without state: v -= rate * g. */
final class GradientDescent implements EmbeddingOptimizer {

    @Override
    public int stateSize(int dimension) {
        return 0;
    }

    @Override
    public void update(float[] chunk, int offset, int dimension, float[] gradient, int at, float rate) {
        for (int d = 0; d < dimension + 1; d++) {
            chunk[offset + d] -= rate * gradient[at + d];
        }
    }
}
