package dev.smt.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.data.DataTemplate;
import dev.smt.data.EncodedExamples;
import dev.smt.nn.Architecture;
import dev.smt.nn.Interaction;
import dev.smt.nn.InteractionExamples;
import dev.smt.nn.Paradigm;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Models with each interaction learn what was planted, and the same twice. */
class InteractionTrainingTest {
    private static final EncodedExamples TRAIN = PlantedExamples.of(2000, 1);
    private static final EncodedExamples TEST = PlantedExamples.of(1000, 2);

    static Stream<Arguments> models() {
        List<Arguments> models = new ArrayList<>();
        for (Paradigm paradigm : Paradigm.values()) {
            for (Interaction.Kind kind : Interaction.Kind.values()) {
                models.add(Arguments.of(paradigm, InteractionExamples.of(kind).get(0)));
            }
        }
        return models.stream();
    }

    @ParameterizedTest
    @MethodSource("models")
    void learnAndAreTheSameAgain(Paradigm paradigm, Interaction interaction) throws TrainingFailedException {
        ModelSpecification specification = PlantedExamples.specification(
                new Architecture(paradigm, 6, 0, List.of(8), List.of(interaction), List.of(16))
                        .withInteractionWidth(12),
                DataTemplate.PLAIN,
                PlantedExamples.training(2, 128));
        try (TrainedModel model = new ModelTrainer().train(specification, TRAIN, 5);
                TrainedModel again = new ModelTrainer().train(specification, TRAIN, 5)) {
            assertThat(model.evaluate(TEST).normalizedEntropy()).isLessThan(0.95);
            assertThat(again.predict(TEST)).containsExactly(model.predict(TEST));
        }
    }
}
