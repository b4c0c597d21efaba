package dev.smt.nn.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both kinds of attention against a few plain loops over the papers' equations. */
class AttentionTest {
    private static final int LENGTH = 3;
    private static final int DIMENSION = 2;

    private final Random random = new Random(4);
    private NDManager manager;

    /** Two ids, then none. */
    private final float[][] sequence = {{0.5f, -1}, {2, 0.3f}, {0, 0}};

    private final float[] mask = {1, 1, 0};

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void targetAttentionWeighsByHowIdsGoWithTheItem() {
        float[] item = {1, -2, 0.5f, 3};
        TargetAttention attention = new TargetAttention(DIMENSION, 4);
        NDList inputs = inputs(manager.create(item, new Shape(1, 2, DIMENSION)));
        float[] output = run(attention, inputs);

        float[][] query = matrix(attention, "01query_weight");
        float[][] hidden = matrix(attention, "02hidden_weight");
        float[][] weight = matrix(attention, "03weight_weight");
        double[] q = times(query, item);
        double[] expected = new double[DIMENSION];
        for (int i = 0; i < 2; i++) {
            float[] v = sequence[i];
            float[] pair = new float[4 * DIMENSION];
            for (int d = 0; d < DIMENSION; d++) {
                pair[d] = v[d];
                pair[DIMENSION + d] = (float) q[d];
                pair[2 * DIMENSION + d] = (float) (v[d] * q[d]);
                pair[3 * DIMENSION + d] = (float) (v[d] - q[d]);
            }
            double[] inner = times(hidden, pair);
            double w = 0;
            for (int h = 0; h < inner.length; h++) {
                w += Math.max(0, inner[h]) * weight[0][h];
            }
            for (int d = 0; d < DIMENSION; d++) {
                expected[d] += w * v[d];
            }
        }
        assertClose(output, expected);
    }

    @Test
    void selfAttentionIsOneLayerOfHstu() {
        SelfAttention attention = new SelfAttention(LENGTH, DIMENSION);
        float[] output = run(attention, inputs());

        float[] distance = attention.getParameters().get("distance").getArray().toFloatArray();
        float[][] parts = matrix(attention, "01parts_weight");
        float[][] layer = matrix(attention, "02output_weight");
        double[][] mixed = new double[LENGTH][];
        for (int i = 0; i < LENGTH; i++) {
            mixed[i] = silu(times(parts, norm(sequence[i][0], sequence[i][1])));
        }
        double[] expected = new double[DIMENSION];
        for (int i = 0; i < 2; i++) {
            double[] attended = new double[DIMENSION];
            for (int j = 0; j < 2; j++) {
                double score = distance[i - j + LENGTH - 1];
                for (int d = 0; d < DIMENSION; d++) {
                    score += mixed[i][2 * DIMENSION + d] * mixed[j][3 * DIMENSION + d];
                }
                for (int d = 0; d < DIMENSION; d++) {
                    attended[d] += silu(new double[] {score})[0] / LENGTH * mixed[j][DIMENSION + d];
                }
            }
            float[] normed = norm(attended[0], attended[1]);
            float[] gated = {(float) (normed[0] * mixed[i][0]), (float) (normed[1] * mixed[i][1])};
            double[] y = times(layer, gated);
            for (int d = 0; d < DIMENSION; d++) {
                expected[d] += (y[d] + sequence[i][d]) / 2;
            }
        }
        assertClose(output, expected);
    }

    @Test
    void withoutIdsBothGiveZeros() {
        NDArray none = manager.zeros(new Shape(1, LENGTH, DIMENSION));
        NDArray noMask = manager.zeros(new Shape(1, LENGTH));
        NDArray item = manager.ones(new Shape(1, 1, DIMENSION));

        assertThat(run(new SelfAttention(LENGTH, DIMENSION), new NDList(none, noMask)))
                .containsOnly(0);
        assertThat(run(new TargetAttention(DIMENSION, 4), new NDList(none, noMask, item)))
                .containsOnly(0);
    }

    private NDList inputs(NDArray... others) {
        float[] flat = new float[LENGTH * DIMENSION];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = sequence[i / DIMENSION][i % DIMENSION];
        }
        NDList inputs = new NDList(
                manager.create(flat, new Shape(1, LENGTH, DIMENSION)), manager.create(mask, new Shape(1, LENGTH)));
        inputs.addAll(new NDList(others));
        return inputs;
    }

    private float[] run(Block block, NDList inputs) {
        block.setInitializer(
                (owner, shape, type) -> {
                    float[] values = new float[(int) shape.size()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = (float) random.nextGaussian();
                    }
                    return owner.create(values, shape);
                },
                parameter -> !parameter.getName().equals("bias"));
        block.setInitializer(Initializer.ZEROS, parameter -> parameter.getName().equals("bias"));
        Shape[] shapes = inputs.stream().map(NDArray::getShape).toArray(Shape[]::new);
        block.initialize(manager, DataType.FLOAT32, shapes);
        NDArray output =
                block.forward(new ParameterStore(manager, false), inputs, false).head();
        assertThat(output.getShape()).isEqualTo(new Shape(1, DIMENSION)).isEqualTo(block.getOutputShapes(shapes)[0]);
        return output.toFloatArray();
    }

    private static float[][] matrix(Block block, String name) {
        NDArray array = block.getParameters().get(name).getArray();
        int columns = (int) array.getShape().get(1);
        float[] flat = array.toFloatArray();
        float[][] matrix = new float[(int) array.getShape().get(0)][columns];
        for (int i = 0; i < flat.length; i++) {
            matrix[i / columns][i % columns] = flat[i];
        }
        return matrix;
    }

    private static double[] times(float[][] matrix, float[] vector) {
        double[] product = new double[matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < vector.length; j++) {
                product[i] += (double) matrix[i][j] * vector[j];
            }
        }
        return product;
    }

    private static double[] silu(double[] values) {
        double[] result = values.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] /= 1 + Math.exp(-values[i]);
        }
        return result;
    }

    private static float[] norm(double first, double second) {
        double mean = (first + second) / 2;
        double deviation = Math.sqrt(((first - mean) * (first - mean) + (second - mean) * (second - mean)) / 2 + 1e-6);
        return new float[] {(float) ((first - mean) / deviation), (float) ((second - mean) / deviation)};
    }

    private static void assertClose(float[] actual, double[] expected) {
        for (int d = 0; d < expected.length; d++) {
            assertThat((double) actual[d]).isCloseTo(expected[d], within(1e-4));
        }
    }
}
