package dev.smt.nn.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InteractionTest {
    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void dotInteractionMultipliesAllPairs() {
        NDArray vectors = manager.create(new float[] {1, 2, 3, 4, 5, 6, 1, 0, 0, 1, 1, 1}, new Shape(2, 3, 2));

        assertThat(forward(new DotInteraction(), vectors).toFloatArray()).containsExactly(11, 17, 39, 0, 1, 1);
    }

    @Test
    void crossLayerIsEquationOneOfDcnV2() {
        CrossNetwork cross = new CrossNetwork(2, 1, 0);
        NDArray vectors = manager.create(new float[] {3, 5}, new Shape(1, 1, 2));
        cross.initialize(manager, DataType.FLOAT32, vectors.getShape());
        cross.getParameters().get(0).getValue().getArray().set(new float[] {1, 2, 3, 4});
        cross.getParameters().get(1).getValue().getArray().set(new float[] {10, 20});

        // W x + b = [1 * 3 + 2 * 5 + 10, 3 * 3 + 4 * 5 + 20] = [23, 49]; x0 * that + x = [72, 250].
        assertThat(forward(cross, vectors).toFloatArray()).containsExactly(72, 250);
    }

    @Test
    void lowRankCrossLayerIsEquationTwoOfDcnV2() {
        CrossNetwork cross = new CrossNetwork(2, 1, 1);
        NDArray vectors = manager.create(new float[] {3, 5}, new Shape(1, 1, 2));
        cross.initialize(manager, DataType.FLOAT32, vectors.getShape());
        cross.getParameters().get(0).getValue().getArray().set(new float[] {1, 2});
        cross.getParameters().get(1).getValue().getArray().set(new float[] {7, 8});
        cross.getParameters().get(2).getValue().getArray().set(new float[] {0.5f, 0.25f});

        // V^T x = 13; U * 13 + b = [91.5, 104.25]; x0 * that + x = [277.5, 526.25].
        assertThat(forward(cross, vectors).toFloatArray()).containsExactly(277.5f, 526.25f);
    }

    @Test
    void saysItsOutputShape() {
        for (Block block : new Block[] {
            new DotInteraction(), new FlatVectors(), new CrossNetwork(12, 2, 0), new CrossNetwork(12, 3, 2)
        }) {
            NDArray vectors = manager.ones(new Shape(5, 4, 3));
            NDArray output = forward(block, vectors);
            assertThat(block.getOutputShapes(new Shape[] {vectors.getShape()})[0])
                    .isEqualTo(output.getShape());
        }
    }

    @Test
    void leavesNothingBehindInTheBlocksManager() {
        DotInteraction block = new DotInteraction();
        block.initialize(manager, DataType.FLOAT32, new Shape(5, 4, 3));
        int before = manager.getManagedArrays().size();
        for (int call = 0; call < 10; call++) {
            try (NDManager step = manager.newSubManager()) {
                block.forward(new ParameterStore(manager, false), new NDList(step.ones(new Shape(5, 4, 3))), false);
            }
        }
        assertThat(manager.getManagedArrays()).hasSize(before);
    }

    private NDArray forward(Block block, NDArray vectors) {
        if (!block.isInitialized()) {
            block.initialize(manager, DataType.FLOAT32, vectors.getShape());
        }
        return block.forward(new ParameterStore(manager, false), new NDList(vectors), false)
                .head();
    }
}
