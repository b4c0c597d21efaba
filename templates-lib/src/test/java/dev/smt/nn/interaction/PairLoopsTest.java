package dev.smt.nn.interaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairLoopsTest {
    private static final double TOLERANCE = 1e-5;

    @ParameterizedTest(name = "{0} rows, {1} features, dimension {2}")
    @CsvSource({"1, 2, 1", "127, 3, 4", "128, 5, 7", "129, 6, 8", "300, 9, 16"})
    void productsAndGradientsAreThoseOfTheDefinition(int rows, int features, int dimension) {
        Random random = new Random(rows);
        float[] vectors = gaussians(rows * features * dimension, random);
        int pairs = features * (features - 1) / 2;
        float[] gradients = gaussians(rows * pairs, random);
        PairLoops loops = new PairLoops(features, dimension);
        // Twice, with other rows between: nothing is left over from a call.
        float[] products = new float[rows * pairs];
        float[] vectorGradients = new float[vectors.length];
        for (int turn = 0; turn < 2; turn++) {
            loops.forward(FloatBuffer.wrap(vectors), rows, FloatBuffer.wrap(products));
            loops.backward(
                    FloatBuffer.wrap(vectors), FloatBuffer.wrap(gradients), rows, FloatBuffer.wrap(vectorGradients));
            loops.forward(
                    FloatBuffer.wrap(gaussians(features * dimension, random)), 1, FloatBuffer.wrap(new float[pairs]));
        }
        for (int row = 0; row < rows; row++) {
            double[] expected = new double[features * dimension];
            int pair = row * pairs;
            for (int i = 0; i < features; i++) {
                for (int j = 0; j < i; j++, pair++) {
                    double dot = 0;
                    for (int d = 0; d < dimension; d++) {
                        float a = vectors[(row * features + i) * dimension + d];
                        float b = vectors[(row * features + j) * dimension + d];
                        dot += (double) a * b;
                        expected[i * dimension + d] += (double) gradients[pair] * b;
                        expected[j * dimension + d] += (double) gradients[pair] * a;
                    }
                    assertThat((double) products[pair]).isCloseTo(dot, within(TOLERANCE));
                }
            }
            for (int k = 0; k < expected.length; k++) {
                assertThat((double) vectorGradients[row * features * dimension + k])
                        .isCloseTo(expected[k], within(TOLERANCE));
            }
        }
    }

    @ParameterizedTest(name = "row {0}")
    @CsvSource({"0", "130", "199"})
    void aRowsResultsDependOnTheRowAlone(int row) {
        Random random = new Random(1);
        float[] vectors = gaussians(200 * 4 * 3, random);
        PairLoops loops = new PairLoops(4, 3);
        float[] together = new float[200 * 6];
        loops.forward(FloatBuffer.wrap(vectors), 200, FloatBuffer.wrap(together));
        float[] alone = new float[6];
        loops.forward(FloatBuffer.wrap(vectors, row * 12, 12).slice(), 1, FloatBuffer.wrap(alone));
        for (int pair = 0; pair < 6; pair++) {
            assertThat(alone[pair]).isEqualTo(together[row * 6 + pair]);
        }
    }

    private static float[] gaussians(int count, Random random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
