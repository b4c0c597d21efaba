package dev.smt.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.smt.data.DataTemplate;
import dev.smt.data.EncodedExamples;
import dev.smt.metric.Evaluation;
import dev.smt.nn.Architecture;
import dev.smt.nn.HiddenLayers;
import dev.smt.nn.Paradigm;
import dev.smt.nn.embedding.EmbeddingOptimizer;
import dev.smt.training.optimizer.DenseOptimizer;
import dev.smt.training.optimizer.OptimizerTemplate;
import dev.smt.training.optimizer.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a template's optimizer, loss and held-out rows do to whole trainings. */
class TrainingSettingsTest {
    private static final EncodedExamples TRAIN = PlantedExamples.of(20_000, 1);
    private static final EncodedExamples TEST = PlantedExamples.of(10_000, 2);
    private static final EncodedExamples FEW = PlantedExamples.of(1_500, 3);
    private static final TrainingTemplate PLAIN = PlantedExamples.training(2, 128);
    private static final OptimizerTemplate OPTIMIZER = OptimizerTemplate.DEFAULT;

    static Stream<TrainingTemplate> otherTrainings() {
        List<TrainingTemplate> all = new ArrayList<>();
        Stream.of(DenseOptimizer.Kind.values())
                .filter(kind -> kind != OPTIMIZER.dense())
                .forEach(kind -> all.add(PLAIN.withOptimizer(OPTIMIZER.withDense(kind, 0.9))));
        Stream.of(EmbeddingOptimizer.Kind.values())
                .filter(kind -> kind != OPTIMIZER.embedding())
                .forEach(kind -> all.add(PLAIN.withOptimizer(OPTIMIZER.withEmbedding(kind, 0))));
        Stream.of(Schedule.values())
                .filter(schedule -> schedule != OPTIMIZER.schedule())
                .forEach(schedule -> all.add(PLAIN.withOptimizer(OPTIMIZER.withSchedule(schedule))));
        all.add(PLAIN.withOptimizer(OPTIMIZER.withEmbedding(OPTIMIZER.embedding(), 0.1)));
        all.add(PLAIN.withOptimizer(OPTIMIZER.withClipNorm(0.05)));
        all.add(PLAIN.withOptimizer(OPTIMIZER.withAveragingShare(0.3)));
        all.add(PLAIN.withLoss(LossTemplate.DEFAULT.withFocalGamma(1)));
        all.add(PLAIN.withLoss(LossTemplate.DEFAULT.withPositiveWeight(3)));
        all.add(PLAIN.withHeldOut(HeldOutTemplate.DEFAULT.withValidation(0.2, 8, 2)));
        all.add(PLAIN.withHeldOut(HeldOutTemplate.DEFAULT.withCalibrationShare(0.2)));
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("otherTrainings")
    void everySettingChangesTheModelAndKeepsItLearning(TrainingTemplate other) {
        try (TrainedModel plain = train(PLAIN, FEW);
                TrainedModel model = train(other, FEW);
                TrainedModel again = train(other, FEW)) {
            assertThat(model.predict(TEST)).isNotEqualTo(plain.predict(TEST)).isEqualTo(again.predict(TEST));
            assertThat(model.evaluate(TEST).normalizedEntropy()).isBetween(0.5, 1.1);
        }
    }

    @ParameterizedTest
    @MethodSource("otherLayers")
    void hiddenLayersChangeTheModelAndKeepItLearning(HiddenLayers layers) {
        for (Paradigm paradigm : Paradigm.values()) {
            ModelSpecification plain = PlantedExamples.specification(paradigm, PLAIN);
            Architecture changed = plain.network().architecture().withHiddenLayers(layers);
            ModelSpecification other = PlantedExamples.specification(changed, DataTemplate.PLAIN, PLAIN);
            try (TrainedModel before = new ModelTrainer().train(plain, FEW, 5);
                    TrainedModel model = new ModelTrainer().train(other, FEW, 5);
                    TrainedModel again = new ModelTrainer().train(other, FEW, 5)) {
                float[] predictions = model.predict(TEST);
                assertThat(predictions).isNotEqualTo(before.predict(TEST)).isEqualTo(again.predict(TEST));
                assertThat(model.predict(TEST)).isEqualTo(predictions);
                assertThat(model.evaluate(TEST).normalizedEntropy()).isBetween(0.5, 1.1);
            }
        }
    }

    static Stream<HiddenLayers> otherLayers() {
        HiddenLayers plain = HiddenLayers.DEFAULT;
        return Stream.of(
                plain.withActivation(HiddenLayers.Activation.GELU),
                plain.withActivation(HiddenLayers.Activation.SILU),
                plain.withNormalization(HiddenLayers.Normalization.LAYER),
                plain.withDropout(0.3));
    }

    @ParameterizedTest
    @CsvSource({"0, 4", "2, 1", "2, 4"})
    void weighedAndFocalLossesStayCalibrated(double gamma, double positiveWeight) {
        try (TrainedModel plain = train(PLAIN, TRAIN);
                TrainedModel model = train(PLAIN.withLoss(new LossTemplate(gamma, positiveWeight, 0)), TRAIN)) {
            Evaluation evaluation = model.evaluate(TEST);

            assertThat(evaluation.calibration()).isCloseTo(1, within(0.05));
            assertThat(evaluation.normalizedEntropy())
                    .isCloseTo(plain.evaluate(TEST).normalizedEntropy(), within(0.02));
        }
    }

    @Test
    void theCalibrationLayerMendsWhatLabelSmoothingDoes() {
        TrainingTemplate smooth = new TrainingTemplate(2, 256, 0.05, 0.002, 0, 1, 0, 0.2);
        TrainingTemplate calibrated = smooth.withHeldOut(HeldOutTemplate.DEFAULT.withCalibrationShare(0.25));
        try (TrainedModel without = train(smooth, TRAIN);
                TrainedModel with = train(calibrated, TRAIN)) {
            assertThat(without.evaluate(TEST).calibration()).isGreaterThan(1.1);
            assertThat(with.evaluate(TEST).calibration()).isCloseTo(1, within(0.03));
            assertThat(with.examples()).isEqualTo(2 * 15_000);
        }
    }

    @Test
    void earlyStoppingEndsAnOverfitTrainingAndKeepsItsBest() {
        TrainingTemplate greedy = new TrainingTemplate(30, 64, 0.3, 0.01, 0, 1, 0, 0);
        TrainingTemplate stopping = greedy.withHeldOut(HeldOutTemplate.DEFAULT.withValidation(0.2, 60, 3));
        try (TrainedModel greedyModel = train(greedy, FEW);
                TrainedModel stopped = train(stopping, FEW)) {
            assertThat(greedyModel.steps()).isEqualTo(30 * 24);
            assertThat(stopped.steps()).isLessThan(30 * 19 / 2);
            assertThat(stopped.steps() % (30 * 19) * 60 % (30 * 19)).isLessThan(60);
            assertThat(stopped.evaluate(TEST).normalizedEntropy())
                    .isLessThan(greedyModel.evaluate(TEST).normalizedEntropy() - 0.2);
        }
    }

    @Test
    void aDivergingTrainingFails() {
        TrainingTemplate wild = new TrainingTemplate(2, 64, 20, 5, 0, 1, 0, 0);
        try (TrainedModel model = train(wild, FEW)) {
            assertThat(model.evaluate(TEST).normalizedEntropy()).isGreaterThan(5);
        }
        assertThatThrownBy(() -> train(wild.withLoss(LossTemplate.DEFAULT.withDivergenceFactor(3)), FEW))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageMatching(
                        "the smoothed loss of label click is [\\d.E]+ at step \\d+ of 48 .*divergence-factor 3.0"
                                + " times the loss of always predicting the base rate, 0\\.[56].*");
    }

    private static TrainedModel train(TrainingTemplate training, EncodedExamples rows) {
        return new ModelTrainer().train(PlantedExamples.specification(Paradigm.SPARSE_NN, training), rows, 5);
    }
}
