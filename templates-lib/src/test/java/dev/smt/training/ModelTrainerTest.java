package dev.smt.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.smt.data.DataTemplate;
import dev.smt.data.EncodedExamples;
import dev.smt.feature.Feature;
import dev.smt.feature.FeatureSide;
import dev.smt.metric.Auc;
import dev.smt.metric.BucketedLoss;
import dev.smt.metric.Evaluation;
import dev.smt.nn.Architecture;
import dev.smt.nn.Interaction;
import dev.smt.nn.Paradigm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelTrainerTest {
    private static final EncodedExamples TRAIN = PlantedExamples.of(20_000, 1);
    private static final EncodedExamples TEST = PlantedExamples.of(10_000, 2);
    private static final EncodedExamples FEW = PlantedExamples.of(1_500, 3);

    @ParameterizedTest
    @EnumSource(Paradigm.class)
    void learnsWhatWasPlanted(Paradigm paradigm) {
        TrainingTemplate thorough = new TrainingTemplate(5, 128, 0.2, 0.005, 0.1, 0, 0.01, 0);
        ModelSpecification specification = PlantedExamples.specification(paradigm, thorough);
        try (TrainedModel model = new ModelTrainer().train(specification, TRAIN, 7)) {
            Evaluation evaluation = model.evaluate(TEST);

            assertThat(evaluation.auc()).isGreaterThan(Auc.of(TEST.label("true logit"), TEST.label("click")) - 0.03);
            assertThat(evaluation.logLoss()).isBetween(trueLogLoss(), 1.06 * trueLogLoss());
            assertThat(evaluation.calibration()).isCloseTo(1, within(0.05));
            assertThat(model.steps()).isEqualTo(5 * 157);
            assertThat(model.examples()).isEqualTo(100_000);
        }
    }

    @Test
    void aTrainingWhoseThreadIsInterruptedEndsBetweenTwoSteps() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> train(Paradigm.SPARSE_NN, FEW, 1))
                    .isInstanceOf(TrainingInterruptedException.class)
                    .hasMessage("the training was interrupted after 0 steps");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void evaluatesByDefinition() {
        try (TrainedModel model = train(Paradigm.SPARSE_NN, FEW, 1)) {
            float[] probabilities = model.predict(TEST);
            float[] labels = TEST.label("click");
            double loss = 0;
            double sum = 0;
            double positives = 0;
            BucketedLoss losses = new BucketedLoss();
            for (int row = 0; row < labels.length; row++) {
                double nats = -Math.log(labels[row] == 1 ? probabilities[row] : 1 - probabilities[row]);
                losses.add(TEST.bucket(row), nats);
                loss += nats / labels.length;
                sum += probabilities[row];
                positives += labels[row];
            }
            float[] trainLabels = FEW.label("click");
            double rate = IntStream.range(0, FEW.rows())
                    .mapToDouble(row -> trainLabels[row])
                    .average()
                    .orElseThrow();
            double entropy = -rate * Math.log(rate) - (1 - rate) * Math.log(1 - rate);

            Evaluation evaluation = model.evaluate(TEST);

            assertThat(evaluation.logLoss()).isCloseTo(loss, within(1e-6));
            assertThat(evaluation.normalizedEntropy()).isCloseTo(loss / entropy, within(1e-6));
            assertThat(evaluation.calibration()).isCloseTo(sum / positives, within(1e-6));
            assertThat(evaluation.positives()).isEqualTo((long) positives);
            assertThat(evaluation.rows()).isEqualTo(10_000);
            assertThat(evaluation.losses().loss(17)).isCloseTo(losses.loss(17), within(1e-3));
            assertThat(evaluation.losses().rows(17)).isEqualTo(losses.rows(17));
        }
    }

    @ParameterizedTest
    @EnumSource(Paradigm.class)
    void sameSeedSameBitsAlsoBesideOtherTrainings(Paradigm paradigm) throws Exception {
        float[] alone = predictions(paradigm, 5);
        float[] otherSeed = predictions(paradigm, 6);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<float[]>> together = new ArrayList<>();
            for (int repeat = 0; repeat < 6; repeat++) {
                long seed = repeat % 3 == 0 ? 5 : 6;
                together.add(threads.submit(() -> predictions(paradigm, seed)));
            }
            for (int repeat = 0; repeat < 6; repeat++) {
                assertThat(together.get(repeat).get()).isEqualTo(repeat % 3 == 0 ? alone : otherSeed);
            }
        } finally {
            threads.shutdown();
        }
        assertThat(otherSeed).isNotEqualTo(alone);
    }

    @Test
    void itemVectorsDoNotChangeWithTheUser() {
        try (TrainedModel model = train(Paradigm.DECOUPLED_SPARSE_NN, FEW, 4)) {
            EncodedExamples otherUsers = FEW;
            int[] reversed = IntStream.range(0, FEW.rows())
                    .map(row -> FEW.rows() - 1 - row)
                    .toArray();
            for (Feature feature : FEW.features()) {
                if (feature.side() != FeatureSide.ITEM) {
                    otherUsers = otherUsers.withPermuted(feature.name(), reversed);
                }
            }

            List<float[]> vectors = model.itemVectors(FEW);
            List<float[]> same = model.itemVectors(otherUsers);

            for (int row = 0; row < FEW.rows(); row++) {
                assertThat(same.get(row)).isEqualTo(vectors.get(row)).hasSize(8);
            }
            assertThat(model.predict(otherUsers)).isNotEqualTo(model.predict(FEW));
        }
        try (TrainedModel model = train(Paradigm.SPARSE_NN, FEW, 4)) {
            assertThatThrownBy(() -> model.itemVectors(FEW)).hasMessageContaining("only a two-tower network");
        }
    }

    @Test
    void staysCalibratedWhenNegativesAreLeftOut() {
        ModelSpecification plain = PlantedExamples.specification(Paradigm.SPARSE_NN, PlantedExamples.training(2, 256));
        ModelSpecification sampled = PlantedExamples.specification(
                plain.network().architecture(), DataTemplate.PLAIN.withNegativeRate(0.25), plain.training());
        try (TrainedModel all = new ModelTrainer().train(plain, TRAIN, 1);
                TrainedModel quarter = new ModelTrainer().train(sampled, TRAIN, 1)) {
            assertThat(quarter.examples()).isLessThan(all.examples() * 6 / 10);
            assertThat(quarter.evaluate(TEST).calibration()).isCloseTo(1, within(0.08));
            assertThat(quarter.evaluate(TEST).normalizedEntropy())
                    .isCloseTo(all.evaluate(TEST).normalizedEntropy(), within(0.02));
        }
    }

    @Test
    void smoothedLabelsPullPredictionsToTheMiddle() {
        TrainingTemplate smooth = new TrainingTemplate(2, 256, 0.05, 0.002, 0, 1, 0, 0.2);
        try (TrainedModel model =
                new ModelTrainer().train(PlantedExamples.specification(Paradigm.SPARSE_NN, smooth), TRAIN, 1)) {
            double rate = PlantedExamples.rate(TRAIN);
            assertThat(model.evaluate(TEST).calibration()).isCloseTo((rate * 0.8 + 0.1) / rate, within(0.05));
        }
    }

    @Test
    void saysWhereItDiverged() {
        TrainingTemplate wild = new TrainingTemplate(2, 128, 1e30, 1e30, 0, 1, 0, 0);

        assertThatThrownBy(
                        () -> new ModelTrainer().train(PlantedExamples.specification(Paradigm.SPARSE_NN, wild), FEW, 1))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageMatching("the loss of label click is (NaN|Infinity) at step \\d+ of 24 .*1.0E30.*");
    }

    @Test
    void cappedTablesAndSingleFeaturesTrain() {
        Architecture capped =
                new Architecture(Paradigm.SPARSE_NN, 4, 7, List.of(), List.of(new Interaction.Dot()), List.of());
        try (TrainedModel model = new ModelTrainer()
                .train(
                        PlantedExamples.specification(capped, DataTemplate.PLAIN, PlantedExamples.training(1, 64)),
                        FEW,
                        1)) {
            assertThat(model.evaluate(TEST).normalizedEntropy()).isLessThan(1.02);
        }
    }

    @Test
    void refusesUseAfterClose() {
        TrainedModel model = train(Paradigm.SPARSE_NN, FEW, 1);
        model.close();

        assertThatThrownBy(() -> model.predict(FEW)).hasMessageContaining("closed");
        assertThatThrownBy(() -> model.evaluate(EncodedExamples.builder(0).build()))
                .hasMessageContaining("no rows to evaluate");
    }

    /** Native memory is outside the heap: only the process's resident memory shows a leak. */
    @Test
    void manyTrainingsKeepMemoryFlat() throws Exception {
        EncodedExamples rows = PlantedExamples.of(4_000, 4);
        Architecture wide =
                new Architecture(Paradigm.SPARSE_NN, 64, 0, List.of(), List.of(new Interaction.Dot()), List.of(8));
        ModelSpecification specification =
                PlantedExamples.specification(wide, DataTemplate.PLAIN, PlantedExamples.training(1, 4_000));
        for (int warmUp = 0; warmUp < 5; warmUp++) {
            new ModelTrainer().train(specification, rows, warmUp).close();
        }
        long before = nativeBytes();
        for (int training = 0; training < 40; training++) {
            new ModelTrainer().train(specification, rows, training).close();
        }
        // The inputs of one model here are 4 MB of native memory: 40 leaked ones would be 160.
        assertThat(nativeBytes() - before).isLessThan(60L << 20);
    }

    /** Resident memory that is not the Java heap's. */
    private static long nativeBytes() throws Exception {
        System.gc();
        String statistics = Files.readString(Path.of("/proc/self/statm"));
        long resident = Long.parseLong(statistics.split(" ")[1]) * 4096;
        return resident - Runtime.getRuntime().totalMemory();
    }

    private static double trueLogLoss() {
        float[] logits = TEST.label("true logit");
        float[] labels = TEST.label("click");
        return IntStream.range(0, TEST.rows())
                .mapToDouble(row -> LogisticLoss.of(logits[row], labels[row]))
                .average()
                .orElseThrow();
    }

    private static float[] predictions(Paradigm paradigm, long seed) {
        try (TrainedModel model = train(paradigm, FEW, seed)) {
            return Arrays.copyOf(model.predict(FEW), FEW.rows());
        }
    }

    private static TrainedModel train(Paradigm paradigm, EncodedExamples rows, long seed) {
        return new ModelTrainer()
                .train(PlantedExamples.specification(paradigm, PlantedExamples.training(2, 128)), rows, seed);
    }
}
