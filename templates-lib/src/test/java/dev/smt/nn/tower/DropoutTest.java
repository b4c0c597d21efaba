package dev.smt.nn.tower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DropoutTest {
    private static final int ROWS = 500;
    private static final int WIDTH = 40;

    private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
    private final ParameterStore store = new ParameterStore(manager, false);

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void leavesOutAShareAndScalesTheRest() {
        Dropout dropout = new Dropout(0.25);
        dropout.turn(true);

        float[] values = forward(dropout);

        assertThat(share(values)).isCloseTo(0.25, within(0.02));
        for (float value : values) {
            assertThat(value == 0 || Math.abs(value - 1 / 0.75f) < 1e-6).isTrue();
        }
        // Each row and each place has its own draws.
        for (int row = 0; row < 20; row++) {
            assertThat(share(values, row * WIDTH, WIDTH, 1)).isBetween(0.0, 0.7);
        }
        for (int place = 0; place < WIDTH; place++) {
            assertThat(share(values, place, ROWS, WIDTH)).isCloseTo(0.25, within(0.09));
        }
    }

    @Test
    void masksFollowFromTheSeedAndAreOthersAtEachStep() {
        Dropout dropout = new Dropout(0.5);
        dropout.turn(true);
        dropout.seed(7);
        float[] first = forward(dropout);
        float[] second = forward(dropout);
        Dropout other = new Dropout(0.5);
        other.turn(true);
        other.seed(7);

        assertThat(second).isNotEqualTo(first);
        assertThat(forward(other)).isEqualTo(first);
        assertThat(forward(other)).isEqualTo(second);
        other.seed(8);
        assertThat(forward(other)).isNotEqualTo(first);
    }

    @Test
    void changesNothingWhereItIsOff() {
        float[] values = forward(new Dropout(0.9));

        assertThat(values).containsOnly(1);
    }

    private float[] forward(Dropout dropout) {
        try (NDManager step = manager.newSubManager()) {
            NDArray ones = step.ones(new Shape(ROWS, WIDTH));
            return dropout.forward(store, new NDList(ones), false).head().toFloatArray();
        }
    }

    private static double share(float[] values) {
        return share(values, 0, values.length, 1);
    }

    private static double share(float[] values, int from, int count, int stride) {
        return IntStream.range(0, count)
                .mapToDouble(i -> values[from + i * stride] == 0 ? 1 : 0)
                .average()
                .orElseThrow();
    }
}
