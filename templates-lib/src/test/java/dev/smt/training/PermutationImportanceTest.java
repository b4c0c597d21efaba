package dev.smt.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.data.EncodedExamples;
import dev.smt.feature.FeatureImportance;
import dev.smt.nn.Paradigm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PermutationImportanceTest {
    private static final EncodedExamples TRAIN = PlantedExamples.of(20_000, 11);
    private static final EncodedExamples VALIDATION = PlantedExamples.of(8_000, 12);

    @Test
    void ranksFeaturesByWhatWasPlanted() {
        ModelSpecification specification =
                PlantedExamples.specification(Paradigm.SPARSE_NN, PlantedExamples.training(2, 256));
        try (TrainedModel model = new ModelTrainer().train(specification, TRAIN, 3)) {
            PermutationImportance permutation = new PermutationImportance(4, 9);

            List<FeatureImportance> importances = permutation.of(model, VALIDATION);

            Map<String, FeatureImportance> byName = new LinkedHashMap<>();
            importances.forEach(importance -> byName.put(importance.feature(), importance));
            assertThat(byName.keySet()).containsExactly("age", "price", "user", "ad", "noise", "history");
            assertThat(byName.get("ad").importance()).isGreaterThan(5);
            for (String weaker : List.of("age", "history")) {
                assertThat(byName.get(weaker).importance())
                        .isBetween(0.5, byName.get("ad").importance());
            }
            for (String useless : List.of("noise", "price")) {
                assertThat(byName.get(useless).importance()).isBetween(-0.3, 0.3);
            }
            assertThat(importances).allSatisfy(importance -> assertThat(importance.standardError())
                    .isBetween(0.0, 1.0));
            assertThat(permutation.of(model, VALIDATION)).isEqualTo(importances);
            assertThat(permutation.of(model, VALIDATION, PlantedExamples.AD)).isEqualTo(byName.get("ad"));
            assertThat(new PermutationImportance(1, 9)
                            .of(model, VALIDATION, PlantedExamples.AD)
                            .standardError())
                    .isNaN();
        }
    }
}
