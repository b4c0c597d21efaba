package dev.smt.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import dev.smt.data.EncodedExamples;
import dev.smt.nn.Paradigm;
import dev.smt.training.optimizer.DenseOptimizer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ComputeDeviceTest {
    private static final TrainingTemplate TRAINING = PlantedExamples.training(2, 128);
    private static final ComputeDevice GPU = new ComputeDevice.Gpu(0);

    @Test
    void namesAreThoseOfTheTables() {
        assertThat(ComputeDevice.CPU).hasToString("cpu");
        assertThat(new ComputeDevice.Gpu(3)).hasToString("gpu:3");
        assertThatThrownBy(() -> new ComputeDevice.Gpu(-1)).hasMessage("GPU -1; allowed: 0 to 127");
    }

    @Test
    void theProcessorCanAlwaysBeUsedAndAGpuThatIsNotThereCannot() {
        assertThat(ComputeDevice.CPU.problem()).isEmpty();
        assertThat(new ComputeDevice.Gpu(127).problem().orElseThrow())
                .isNotBlank()
                .hasLineCount(1);
    }

    /** So updates reach a GPU; on the processor the results must be the same bits. */
    @Test
    void parametersThatAreCopiedToTheLeavesLearnAsThoseThatShareTheMemory() {
        assertThat(learned(DenseParameters.Tensors.COPIES))
                .isEqualTo(learned(DenseParameters.Tensors.OVER_THE_MEMORY))
                .doesNotHaveDuplicates();
    }

    /** The values after each of a few steps, in which the sum of the outputs grows smaller. */
    private static List<List<Float>> learned(DenseParameters.Tensors tensors) {
        Linear block = Linear.builder().setUnits(3).build();
        try (NDManager manager = Torch.newManager()) {
            DenseParameters parameters = new DenseParameters(block, manager, new Shape[] {new Shape(2, 4)}, 7, tensors);
            DenseOptimizer optimizer = DenseOptimizer.of(TRAINING.optimizer(), parameters.decayed(), 0.01);
            NDArray input = manager.create(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, new Shape(2, 4));
            List<List<Float>> values = new ArrayList<>();
            for (int step = 0; step < 3; step++) {
                Torch.recordGradients(true);
                NDArray output = block.forward(new ParameterStore(manager, false), new NDList(input), false)
                        .singletonOrThrow();
                Torch.recordGradients(false);
                Torch.backward(output, output.duplicate());
                parameters.takeGradients(0, manager);
                parameters.update(optimizer, 0.1);
                values.add(parameters.byName().values().stream()
                        .flatMap(array -> {
                            List<Float> boxed = new ArrayList<>();
                            for (float value : array) {
                                boxed.add(value);
                            }
                            return boxed.stream();
                        })
                        .toList());
            }
            return values;
        }
    }

    /** Runs where there is a GPU and PyTorch's build for it: docs/gpus.md. */
    @ParameterizedTest
    @EnumSource(Paradigm.class)
    void aGpuLearnsWhatTheProcessorLearns(Paradigm paradigm) {
        assumeThat(GPU.problem()).as("a GPU that PyTorch can use").isEmpty();
        EncodedExamples rows = PlantedExamples.of(5_000, 3);
        ModelSpecification specification = PlantedExamples.specification(paradigm, TRAINING);
        try (TrainedModel here = new ModelTrainer().train(specification, rows, 5);
                TrainedModel there = new ModelTrainer(1, GPU).train(specification, rows, 5)) {
            assertThat(there.model().device()).isEqualTo(GPU);
            float[] expected = here.predict(rows);
            float[] found = there.predict(rows);
            for (int row = 0; row < expected.length; row++) {
                assertThat((double) found[row]).isCloseTo(expected[row], within(1e-3));
            }
        }
    }
}
