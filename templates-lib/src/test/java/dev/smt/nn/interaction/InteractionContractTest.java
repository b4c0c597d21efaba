package dev.smt.nn.interaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import dev.smt.nn.Interaction;
import dev.smt.nn.InteractionExamples;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every interaction module keeps to. Its gradients are checked in {@code GradientTest}, its costs in {@code
 * CountedOperationsTest}, its place in a network in {@code SwappedInteractionsTest}; all go through {@link
 * InteractionExamples}.
 */
class InteractionContractTest {
    private static final int ROWS = 4;
    private static final int DIMENSION = 3;

    private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");

    @AfterEach
    void close() {
        manager.close();
    }

    /** A module on F vectors, its output compressed to the width where that is not 0. */
    record Case(Interaction interaction, int vectors, int width) {
        Block block() {
            return InteractionModules.of(interaction, vectors, DIMENSION, width);
        }
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Interaction interaction : InteractionExamples.all()) {
            for (int vectors : new int[] {1, 2, 3, 5}) {
                cases.add(new Case(interaction, vectors, 0));
            }
            cases.add(new Case(interaction, 1, 6));
            cases.add(new Case(interaction, 4, 6));
        }
        return cases.stream();
    }

    @ParameterizedTest
    @EnumSource
    void everyKindHasExamples(Interaction.Kind kind) {
        assertThat(InteractionExamples.of(kind)).isNotEmpty().allSatisfy(example -> assertThat(example.kind())
                .isEqualTo(kind));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void makesOneRowOfTheDeclaredWidthPerExample(Case module) {
        Block block = initialized(module);
        NDArray output = forward(block, vectors(module, manager));

        assertThat(output.getShape()).isEqualTo(block.getOutputShapes(new Shape[] {shape(module)})[0]);
        assertThat(output.getShape().dimension()).isEqualTo(2);
        assertThat(output.getShape().get(0)).isEqualTo(ROWS);
        assertThat(output.toFloatArray()).doesNotContain(Float.NaN);
        if (module.width() > 0) {
            assertThat(output.getShape().get(1)).isEqualTo(module.width());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theRowsOfABatchDontInfluenceEachOther(Case module) {
        Block block = initialized(module);
        NDArray vectors = vectors(module, manager);
        float[] batch = forward(block, vectors).toFloatArray();
        int width = batch.length / ROWS;
        for (int row = 0; row < ROWS; row++) {
            float[] alone = forward(block, vectors.get(row + ":" + (row + 1))).toFloatArray();
            for (int i = 0; i < width; i++) {
                assertThat(alone[i]).isCloseTo(batch[row * width + i], within(1e-4f));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theOutputDependsOnEveryVector(Case module) {
        Block block = initialized(module);
        float[] values = vectors(module, manager).toFloatArray();
        float[] output = forward(block, manager.create(values, shape(module))).toFloatArray();
        for (int vector = 0; vector < module.vectors(); vector++) {
            float[] moved = values.clone();
            moved[vector * DIMENSION] += 0.5f;
            assertThat(forward(block, manager.create(moved, shape(module))).toFloatArray())
                    .as("vector %s", vector)
                    .isNotEqualTo(output);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheSameBitsAgainAndFromParametersThatWereCopiedByName(Case module) {
        Block block = initialized(module);
        NDArray vectors = vectors(module, manager);
        float[] output = forward(block, vectors).toFloatArray();
        Block copy = module.block();
        copy.initialize(manager, DataType.FLOAT32, shape(module));
        Map<String, float[]> saved = new HashMap<>();
        for (Pair<String, Parameter> parameter : block.getParameters()) {
            saved.put(parameter.getKey(), parameter.getValue().getArray().toFloatArray());
        }
        assertThat(saved).hasSize(block.getParameters().size());
        for (Pair<String, Parameter> parameter : copy.getParameters()) {
            parameter.getValue().getArray().set(saved.get(parameter.getKey()));
        }

        assertThat(forward(block, vectors).toFloatArray()).containsExactly(output);
        assertThat(forward(copy, vectors).toFloatArray()).containsExactly(output);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void leavesNothingBehindInTheBlocksManager(Case module) {
        Block block = initialized(module);
        int before = manager.getManagedArrays().size();
        for (int call = 0; call < 5; call++) {
            try (NDManager step = manager.newSubManager()) {
                forward(block, vectors(module, step));
            }
        }
        assertThat(manager.getManagedArrays()).hasSize(before);
    }

    private Block initialized(Case module) {
        Block block = module.block();
        block.initialize(manager, DataType.FLOAT32, shape(module));
        Random random = new Random(3);
        for (Pair<String, Parameter> parameter : block.getParameters()) {
            float[] values = new float[(int) parameter.getValue().getShape().size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (0.5 * random.nextGaussian());
            }
            parameter.getValue().getArray().set(values);
        }
        return block;
    }

    private static Shape shape(Case module) {
        return new Shape(ROWS, module.vectors(), DIMENSION);
    }

    private static NDArray vectors(Case module, NDManager manager) {
        Random random = new Random(4);
        float[] values = new float[ROWS * module.vectors() * DIMENSION];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return manager.create(values, shape(module));
    }

    private NDArray forward(Block block, NDArray vectors) {
        return block.forward(new ParameterStore(manager, false), new NDList(vectors), false)
                .singletonOrThrow();
    }
}
