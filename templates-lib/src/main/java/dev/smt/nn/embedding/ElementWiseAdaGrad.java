package dev.smt.nn.embedding;

/**
 * AdaGrad (Duchi, Hazan, Singer 2011) with an accumulator per element, of the vector and of the first-order weight:
 * G += g * g, v -= rate * g / sqrt(G). Rows are twice as long as those of {@link GradientDescent}.
 */
final class ElementWiseAdaGrad implements EmbeddingOptimizer {

    @Override
    public int stateSize(int dimension) {
        return dimension + 1;
    }

    @Override
    public void update(float[] chunk, int offset, int dimension, float[] gradient, int at, float rate) {
        int width = dimension + 1;
        int state = offset + width;
        for (int d = 0; d < width; d++) {
            float g = gradient[at + d];
            float squares = chunk[state + d] + g * g;
            chunk[state + d] = squares;
            chunk[offset + d] -= rate * g / ((float) Math.sqrt(squares) + EPSILON);
        }
    }
}
