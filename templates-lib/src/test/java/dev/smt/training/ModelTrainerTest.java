package dev.smt.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.data.EncodedExamples;
import dev.smt.metric.Evaluation;
import dev.smt.nn.Paradigm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelTrainerTest {
    private static final EncodedExamples TRAIN = PlantedExamples.of(20_000, 1);
    private static final EncodedExamples TEST = PlantedExamples.of(10_000, 2);

    @ParameterizedTest
    @EnumSource(Paradigm.class)
    void learnsWhatWasPlanted(Paradigm paradigm) {
        try (TrainedModel model = new ModelTrainer()
                .train(PlantedExamples.specification(paradigm, PlantedExamples.training(3, 256)), TRAIN, 7)) {
            Evaluation evaluation = model.evaluate(TEST);
            System.err.println(paradigm + " " + evaluation + " " + model.trainSeconds());
            assertThat(evaluation.normalizedEntropy()).isLessThan(0.85);
            assertThat(evaluation.calibration()).isBetween(0.95, 1.05);
        }
    }
}
