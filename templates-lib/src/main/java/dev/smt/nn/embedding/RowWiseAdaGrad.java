package dev.smt.nn.embedding;

/**
 * AdaGrad (Duchi, Hazan, Singer 2011) with one accumulator per row, the mean of its squared gradient, as in FBGEMM
 * (Khudia et al. 2021): G += mean(g * g), v -= rate * g / sqrt(G). The first-order weight has its own accumulator.
 */
final class RowWiseAdaGrad implements EmbeddingOptimizer {

    @Override
    public int stateSize(int dimension) {
        return 2;
    }

    @Override
    public void update(float[] chunk, int offset, int dimension, float[] gradient, int at, float rate) {
        int end = offset + dimension;
        chunk[end + 1] += squares(gradient, at, dimension) / dimension;
        float step = rate / ((float) Math.sqrt(chunk[end + 1]) + EPSILON);
        for (int d = 0; d < dimension; d++) {
            chunk[offset + d] -= step * gradient[at + d];
        }
        float g = gradient[at + dimension];
        chunk[end + 2] += g * g;
        chunk[end] -= rate * g / ((float) Math.sqrt(chunk[end + 2]) + EPSILON);
    }

    /** Four sums side by side: one alone would wait for each addition. */
    private static float squares(float[] gradient, int at, int dimension) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int i = at;
        int end = at + dimension;
        for (; i + 3 < end; i += 4) {
            a += gradient[i] * gradient[i];
            b += gradient[i + 1] * gradient[i + 1];
            c += gradient[i + 2] * gradient[i + 2];
            d += gradient[i + 3] * gradient[i + 3];
        }
        for (; i < end; i++) {
            a += gradient[i] * gradient[i];
        }
        return (a + b) + (c + d);
    }
}
