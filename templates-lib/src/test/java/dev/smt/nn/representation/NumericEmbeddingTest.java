package dev.smt.nn.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;
import org.junit.jupiter.api.Test;

/** The embeddings of numbers against the paper's formulas. */
class NumericEmbeddingTest {

    @Test
    void periodicIsALinearLayerOfSinesAndCosines() {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            PeriodicEmbedding embedding = new PeriodicEmbedding(2, 3, 0.5, 2);
            embedding.setInitializer(new NormalInitializer(1), parameter -> true);
            Shape input = new Shape(1, 2);
            embedding.initialize(manager, DataType.FLOAT32, input);
            float[] numbers = {0.3f, -1.2f};
            NDArray output = embedding
                    .forward(new ParameterStore(manager, false), new NDList(manager.create(numbers, input)), false)
                    .head();

            float[] c = embedding.getParameters().get("frequency").getArray().toFloatArray();
            float[] w =
                    embedding.getParameters().get("01linear_weight").getArray().toFloatArray();
            float[] b =
                    embedding.getParameters().get("01linear_bias").getArray().toFloatArray();
            assertThat(output.getShape()).isEqualTo(new Shape(1, 2, 2));
            for (int n = 0; n < 2; n++) {
                for (int d = 0; d < 2; d++) {
                    double expected = b[n * 2 + d];
                    for (int k = 0; k < 3; k++) {
                        double angle = 2 * Math.PI * c[n * 3 + k] * numbers[n];
                        expected += Math.sin(angle) * w[(n * 6 + k) * 2 + d];
                        expected += Math.cos(angle) * w[(n * 6 + 3 + k) * 2 + d];
                    }
                    assertThat((double) output.toFloatArray()[n * 2 + d]).isCloseTo(expected, within(1e-4));
                }
            }
        }
    }
}
