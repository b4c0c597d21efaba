package dev.smt.importance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.data.DataTemplate;
import dev.smt.data.EncodedExamples;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.FeatureImportance;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.feature.FeatureType;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.nn.Architecture;
import dev.smt.nn.Interaction;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.Paradigm;
import dev.smt.training.ModelSpecification;
import dev.smt.training.ModelTrainer;
import dev.smt.training.PlantedExamples;
import dev.smt.training.TrainedModel;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Two copies of what the label follows share the weight, and alone seem less than a weaker feature that has no copy. */
class GroupedPermutationTest {
    private static final List<Feature> FEATURES = List.of(number("signal"), number("copy"), number("weaker"));

    @Test
    void copiesCanNotHideFromEachOther() {
        NetworkSpecification network = new NetworkSpecification(
                new Architecture(
                        Paradigm.SPARSE_NN, 4, 0, List.of(8), List.of(new Interaction.Cross(1, 2)), List.of(8)),
                FEATURES,
                1,
                SequencePooling.MEAN,
                List.of(OptimizationEvent.binary("click")));
        ModelSpecification specification =
                new ModelSpecification(network, DataTemplate.PLAIN, PlantedExamples.training(2, 128), "0");
        EncodedExamples training = rows(12_000, 1);
        try (TrainedModel model = new ModelTrainer().train(specification, training, 5)) {
            ReferenceModel reference = new ReferenceModel(model, training, rows(8_000, 2), 5);
            PermutationImportance alone = new PermutationImportance(2, 9);
            Map<String, Double> single = importances(alone, reference);
            GroupedPermutation method = new GroupedPermutation(alone, 0.8);
            Map<String, Double> grouped = importances(method, reference);

            assertThat(method.groups(reference))
                    .containsExactly(List.of(FEATURES.get(0), FEATURES.get(1)), List.of(FEATURES.get(2)));
            String first = single.get("signal") >= single.get("copy") ? "signal" : "copy";
            String second = first.equals("signal") ? "copy" : "signal";
            assertThat(grouped.get(first))
                    .as("%s together, %s alone", grouped, single)
                    .isGreaterThan(1.5 * (single.get(first) + single.get(second)));
            assertThat(grouped.get(second)).isEqualTo(single.get(second));
            assertThat(grouped.get("weaker")).isEqualTo(single.get("weaker"));
        }
    }

    private static Map<String, Double> importances(ImportanceMethod method, ReferenceModel reference) {
        return method.of(reference).stream()
                .collect(Collectors.toMap(FeatureImportance::feature, FeatureImportance::importance));
    }

    private static EncodedExamples rows(int rows, long seed) {
        Random random = new Random(seed);
        float[] signal = new float[rows];
        float[] copy = new float[rows];
        float[] weaker = new float[rows];
        float[] click = new float[rows];
        byte[] buckets = new byte[rows];
        for (int row = 0; row < rows; row++) {
            signal[row] = (float) random.nextGaussian();
            copy[row] = signal[row] + 0.1f * (float) random.nextGaussian();
            weaker[row] = (float) random.nextGaussian();
            double logit = 1.2 * signal[row] + 0.6 * weaker[row];
            click[row] = random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
            buckets[row] = (byte) random.nextInt(256);
        }
        return EncodedExamples.builder(rows)
                .numeric(FEATURES.get(0), signal)
                .numeric(FEATURES.get(1), copy)
                .numeric(FEATURES.get(2), weaker)
                .label("click", click)
                .buckets(buckets)
                .build();
    }

    private static Feature number(String name) {
        return new Feature(name, FeatureType.NUMERIC, FeatureSide.USER, new NumericColumn());
    }
}
