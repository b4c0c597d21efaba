package dev.smt.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.data.DataTemplate;
import dev.smt.data.EncodedExamples;
import dev.smt.data.Permutation;
import dev.smt.feature.Feature;
import dev.smt.nn.Architecture;
import dev.smt.nn.HiddenLayers;
import dev.smt.nn.Interaction;
import dev.smt.nn.InteractionExamples;
import dev.smt.nn.Paradigm;
import dev.smt.nn.Representations;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is computed once for all changes is what would be computed for each; of representations see their contract. */
class ChangedBatchTest {
    private static final int ROWS = 50;
    /** Layer norms of narrow layers magnify it. */
    private static final Offset<Float> ROUNDING = Offset.offset(1e-4f);

    static Stream<Architecture> architectures() {
        return Stream.of(Paradigm.values()).flatMap(paradigm -> InteractionExamples.all().stream()
                .flatMap(interaction -> Stream.of(
                        architecture(paradigm, interaction, 0, 0, HiddenLayers.DEFAULT),
                        architecture(
                                paradigm,
                                interaction,
                                6,
                                2,
                                new HiddenLayers(HiddenLayers.Activation.GELU, HiddenLayers.Normalization.LAYER, 0)))));
    }

    private static Architecture architecture(
            Paradigm paradigm, Interaction interaction, int width, int experts, HiddenLayers layers) {
        return new Architecture(
                paradigm,
                4,
                0,
                List.of(8, 6),
                List.of(interaction),
                width,
                List.of(8),
                experts,
                layers,
                Representations.PLAIN);
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void predictsWhatTheNetworkSaysOfRowsThatAreSo(Architecture architecture) {
        EncodedExamples rows = PlantedExamples.of(ROWS, 1);
        int[] all = IntStream.range(0, ROWS).toArray();
        int[] reversed = IntStream.range(0, ROWS).map(row -> ROWS - 1 - row).toArray();
        ModelSpecification specification =
                PlantedExamples.specification(architecture, DataTemplate.PLAIN, PlantedExamples.training(2, 10));
        try (TrainedModel trained = new ModelTrainer().train(specification, rows, 3)) {
            RankingModel model = trained.model();
            float[] own = trained.outputs(rows);
            for (List<String> features : changes()) {
                EncodedExamples permuted = rows;
                for (String feature : features) {
                    permuted = permuted.withPermuted(feature, reversed);
                }
                float[] expected = trained.outputs(permuted);
                float[] outputs = new float[ROWS];
                model.read(rows);
                try (ChangedBatch batch = new ChangedBatch(model, all, 0, ROWS)) {
                    batch.predict(new FeatureChange(features, new Permutation(reversed, ROWS)), outputs);
                    assertThat(outputs).as("%s", features).containsExactly(expected, ROUNDING);
                    batch.predict(FeatureChange.NONE, outputs);
                    assertThat(outputs).as("after %s", features).containsExactly(own, ROUNDING);
                }
            }
        }
    }

    /** Each feature alone, two numbers, numbers with ids, and all. */
    private static List<List<String>> changes() {
        List<List<String>> changes = new ArrayList<>();
        PlantedExamples.ALL.forEach(feature -> changes.add(List.of(feature.name())));
        changes.add(List.of("age", "price"));
        changes.add(List.of("price", "ad", "history"));
        changes.add(PlantedExamples.ALL.stream().map(Feature::name).toList());
        return changes;
    }
}
