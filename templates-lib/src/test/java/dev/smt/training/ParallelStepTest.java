package dev.smt.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.smt.data.EncodedExamples;
import dev.smt.data.FittedState;
import dev.smt.nn.Paradigm;
import dev.smt.nn.embedding.EmbeddingOptimizer;
import dev.smt.nn.representation.FittedFeatures;
import dev.smt.training.optimizer.DenseOptimizer;
import dev.smt.training.optimizer.OptimizerTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParallelStepTest {
    private static final EncodedExamples EXAMPLES = PlantedExamples.of(600, 3);

    @ParameterizedTest
    @CsvSource({"SPARSE_NN, 2, 101", "SPARSE_NN, 3, 7", "SPARSE_NN, 4, 2", "DECOUPLED_SPARSE_NN, 2, 101"})
    void workersFindTheGradientsThatOneFinds(Paradigm paradigm, int threads, int rows) {
        List<float[]> alone = gradients(paradigm, 1, rows);
        List<float[]> together = gradients(paradigm, threads, rows);

        assertThat(together).hasSameSizeAs(alone);
        for (int i = 0; i < alone.size(); i++) {
            assertThat(together.get(i)).containsExactly(alone.get(i), within(1e-5f));
        }
    }

    @Test
    void theSameNumberOfThreadsGivesTheSameBits() {
        assertThat(predictions(2)).isEqualTo(predictions(2));
    }

    @Test
    void threadsDoNotChangeWhatIsLearned() {
        assertThat(predictions(2)).containsExactly(predictions(1), within(1e-3f));
    }

    @Test
    void fewerThanOneThreadIsRefused() {
        assertThatThrownBy(() -> new ModelTrainer(0, ComputeDevice.CPU))
                .hasMessage("a training in 0 threads; allowed: 1 or more");
    }

    private static float[] predictions(int threads) {
        ModelSpecification specification =
                PlantedExamples.specification(Paradigm.SPARSE_NN, PlantedExamples.training(2, 64));
        try (TrainedModel model = new ModelTrainer(threads, ComputeDevice.CPU).train(specification, EXAMPLES, 5)) {
            return model.predict(EXAMPLES);
        }
    }

    /** Of a second step, so that what the first one left behind would show. */
    private static List<float[]> gradients(Paradigm paradigm, int threads, int rows) {
        ModelSpecification specification = PlantedExamples.specification(paradigm, PlantedExamples.training(1, 128));
        try (RankingModel model = new RankingModel(
                specification.network(),
                new FittedFeatures(specification.network(), FittedState.NONE),
                128,
                5,
                EmbeddingOptimizer.Kind.ROW_WISE_ADAGRAD.create(0),
                new Workers(threads, ComputeDevice.CPU))) {
            model.read(EXAMPLES);
            int[] order = IntStream.range(0, 600).toArray();
            model.backward(order, 0, 128, ParallelStepTest::halfSquares);
            model.update(
                    DenseOptimizer.of(OptimizerTemplate.DEFAULT, model.dense().decayed(), 0), 0.001, 0.01);
            model.backward(order, 200, rows, ParallelStepTest::halfSquares);
            List<float[]> gradients = new ArrayList<>();
            gradients.add(model.dense().gradient().clone());
            model.gradients().forEach(gradient -> {
                for (int row = 0; row < gradient.table().rows(); row++) {
                    gradients.add(gradient.has(row) ? gradient.of(row) : new float[0]);
                }
            });
            return gradients;
        }
    }

    private static double halfSquares(float[] outputs, int count, float[] gradient) {
        double sum = 0;
        for (int b = 0; b < count; b++) {
            float error = outputs[b] - b % 3;
            sum += error * error / 2;
            gradient[b] = error / count;
        }
        return sum / count;
    }
}
