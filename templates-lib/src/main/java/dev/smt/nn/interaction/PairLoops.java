package dev.smt.nn.interaction;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The dot products of all pairs of a row's vectors, [B, F, D] to [B, P] with P = F(F-1)/2, and their gradient, as loops over
 * arrays. The engine's batched products of such small matrices, and its gathers, cost more than the arithmetic: here
 * {@value #LANES} rows are turned so that the same number of all rows lies side by side, which the compiler
 * makes vector instructions of. A row's results don't depend on the other rows. For one thread at a time.
 */
final class PairLoops {
    /** Rows that are worked on together: long enough for the loops, short enough for the second-level cache. */
    private static final int LANES = 128;

    private static final float[] ZEROS = new float[LANES];

    private final int features;
    private final int dimension;
    private final int pairs;
    /** [F * D][LANES] */
    private final float[][] turned;
    /** [P][LANES]; of the gradient only. */
    private final float[][] pairGradients;
    /** [LANES, F * D], flat. */
    private final float[] vectorRows;
    /** [LANES, P], flat. */
    private final float[] pairRows;

    private final float[] sum = new float[LANES];

    PairLoops(int features, int dimension) {
        this.features = features;
        this.dimension = dimension;
        this.pairs = features * (features - 1) / 2;
        this.turned = new float[features * dimension][LANES];
        this.pairGradients = new float[pairs][LANES];
        this.vectorRows = new float[LANES * features * dimension];
        this.pairRows = new float[LANES * pairs];
    }

    /** Writes the products [rows, P] of vectors [rows, F, D]. */
    void forward(FloatBuffer vectors, int rows, FloatBuffer products) {
        for (int begin = 0; begin < rows; begin += LANES) {
            int count = Math.min(LANES, rows - begin);
            turn(vectors, begin, count);
            int pair = 0;
            for (int i = 1; i < features; i++) {
                for (int j = 0; j < i; j++) {
                    dot(i * dimension, j * dimension);
                    spread(sum, pairRows, pair++, pairs);
                }
            }
            products.put(begin * pairs, pairRows, 0, count * pairs);
        }
    }

    /** Writes the gradient [rows, F, D] by the vectors, given that by the products [rows, P]. */
    void backward(FloatBuffer vectors, FloatBuffer productGradients, int rows, FloatBuffer vectorGradients) {
        int width = features * dimension;
        for (int begin = 0; begin < rows; begin += LANES) {
            int count = Math.min(LANES, rows - begin);
            turn(vectors, begin, count);
            productGradients.get(begin * pairs, pairRows, 0, count * pairs);
            for (int pair = 0; pair < pairs; pair++) {
                collect(pairRows, pair, pairs, pairGradients[pair]);
            }
            for (int i = 0; i < features; i++) {
                for (int d = 0; d < dimension; d++) {
                    gradient(i, d);
                    spread(sum, vectorRows, i * dimension + d, width);
                }
            }
            vectorGradients.put(begin * width, vectorRows, 0, count * width);
        }
    }

    /** Brings rows of vectors to {@link #turned}; lanes without a row keep what they had, which nobody reads. */
    private void turn(FloatBuffer vectors, int begin, int count) {
        int width = turned.length;
        vectors.get(begin * width, vectorRows, 0, count * width);
        for (int k = 0; k < width; k++) {
            collect(vectorRows, k, width, turned[k]);
        }
    }

    /** {@link #sum} = the dot product of the vectors that begin at two places of {@link #turned}. */
    private void dot(int a, int b) {
        System.arraycopy(ZEROS, 0, sum, 0, LANES);
        int d = 0;
        for (; d + 3 < dimension; d += 4) {
            addProducts(
                    turned[a + d],
                    turned[b + d],
                    turned[a + d + 1],
                    turned[b + d + 1],
                    turned[a + d + 2],
                    turned[b + d + 2],
                    turned[a + d + 3],
                    turned[b + d + 3]);
        }
        for (; d < dimension; d++) {
            addProduct(turned[a + d], turned[b + d]);
        }
    }

    /** {@link #sum} = the sum over j of the gradient of the pair (i, j) times x_jd; that of (i, i) is nothing. */
    private void gradient(int i, int d) {
        Arrays.fill(sum, 0);
        int k = 0;
        for (; k + 3 < features - 1; k += 4) {
            addProducts(
                    pairGradients[pair(i, k)],
                    turned[other(i, k) * dimension + d],
                    pairGradients[pair(i, k + 1)],
                    turned[other(i, k + 1) * dimension + d],
                    pairGradients[pair(i, k + 2)],
                    turned[other(i, k + 2) * dimension + d],
                    pairGradients[pair(i, k + 3)],
                    turned[other(i, k + 3) * dimension + d]);
        }
        for (; k < features - 1; k++) {
            addProduct(pairGradients[pair(i, k)], turned[other(i, k) * dimension + d]);
        }
    }

    /** The k-th feature beside i. */
    private static int other(int i, int k) {
        return k < i ? k : k + 1;
    }

    /** The number of the pair of i and the k-th feature beside it, in the order (1, 0), (2, 0), (2, 1), (3, 0). */
    private static int pair(int i, int k) {
        return k < i ? i * (i - 1) / 2 + k : (k + 1) * k / 2 + i;
    }

    private void addProducts(float[] a, float[] b, float[] c, float[] d, float[] e, float[] f, float[] g, float[] h) {
        float[] to = sum;
        for (int lane = 0; lane < LANES; lane++) {
            to[lane] += a[lane] * b[lane] + c[lane] * d[lane] + e[lane] * f[lane] + g[lane] * h[lane];
        }
    }

    private void addProduct(float[] a, float[] b) {
        float[] to = sum;
        for (int lane = 0; lane < LANES; lane++) {
            to[lane] += a[lane] * b[lane];
        }
    }

    private static void collect(float[] rows, int column, int width, float[] to) {
        for (int lane = 0, at = column; lane < LANES; lane++, at += width) {
            to[lane] = rows[at];
        }
    }

    private static void spread(float[] from, float[] rows, int column, int width) {
        for (int lane = 0, at = column; lane < LANES; lane++, at += width) {
            rows[at] = from[lane];
        }
    }
}
