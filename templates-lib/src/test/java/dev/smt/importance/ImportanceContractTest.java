package dev.smt.importance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smt.data.EncodedExamples;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.FeatureImportance;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureType;
import dev.smt.nn.Paradigm;
import dev.smt.training.ModelSpecification;
import dev.smt.training.ModelTrainer;
import dev.smt.training.PlantedExamples;
import dev.smt.training.TrainedModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every method promises. */
class ImportanceContractTest {
    private static final long SEED = 3;
    private static ReferenceModel reference;

    static List<ImportanceMethod> methods() {
        PermutationImportance permutation = new PermutationImportance(2, 9);
        return List.of(
                permutation,
                new PermutationImportance(1, 9, Precision.ADAPTIVE),
                new GroupedPermutation(permutation, 0.8),
                new IntegratedGradients(8),
                new FirstOrderAblation(),
                new LearnedGates(10),
                new LeaveOneFeatureOut());
    }

    @BeforeAll
    static void train() {
        EncodedExamples training = PlantedExamples.of(20_000, 11);
        ModelSpecification specification =
                PlantedExamples.specification(Paradigm.SPARSE_NN, PlantedExamples.training(2, 256));
        TrainedModel model = new ModelTrainer().train(specification, training, SEED);
        reference = new ReferenceModel(model, training, PlantedExamples.of(8_000, 12), SEED);
    }

    @AfterAll
    static void close() {
        reference.model().close();
    }

    @Test
    void everyMethodIsHere() {
        Set<Class<?>> here = methods().stream().map(Object::getClass).collect(Collectors.toSet());
        assertThat(here).containsExactlyInAnyOrder(ImportanceMethod.class.getPermittedSubclasses());
        assertThat(Stream.of(
                        PermutationImportance.NAME,
                        GroupedPermutation.NAME,
                        IntegratedGradients.NAME,
                        FirstOrderAblation.NAME,
                        LearnedGates.NAME,
                        LeaveOneFeatureOut.NAME))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("methods")
    void whatWasPlantedComesFirst(ImportanceMethod method) {
        Map<String, FeatureImportance> byName = new LinkedHashMap<>();
        method.of(reference).forEach(importance -> byName.put(importance.feature(), importance));

        assertThat(byName.keySet()).containsExactly("age", "price", "user", "ad", "noise", "history");
        assertThat(byName.get("ad").importance()).isGreaterThan(5);
        for (String weaker : List.of("age", "history")) {
            assertThat(byName.get(weaker).importance())
                    .isBetween(0.5, byName.get("ad").importance());
        }
        for (String useless : List.of("noise", "price")) {
            assertThat(byName.get(useless).importance()).isBetween(-0.4, 0.4);
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void errorsAreThoseOfTheRows(ImportanceMethod method) {
        assertThat(method.of(reference))
                .allSatisfy(importance -> assertThat(importance.standardError()).isBetween(0.0005, 3.0));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void theSameAgainAndForSomeFeaturesAsForAll(ImportanceMethod method) {
        List<Feature> some = List.of(PlantedExamples.NOISE, PlantedExamples.AD);
        List<FeatureImportance> ofSome = method.of(reference, some);

        assertThat(ofSome).extracting(FeatureImportance::feature).containsExactly("noise", "ad");
        assertThat(ofSome)
                .extracting(FeatureImportance::type)
                .containsExactly(PlantedExamples.NOISE.type(), PlantedExamples.AD.type());
        assertThat(method.of(reference, some)).isEqualTo(ofSome);
        assertThat(method.of(reference)).containsAll(ofSome);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void aFeatureThatTheModelHasNotIsRefused(ImportanceMethod method) {
        Feature other = new Feature("color", FeatureType.ID, FeatureSide.ITEM, new IdColumn(3));
        assertThatThrownBy(() -> method.of(reference, List.of(other)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no feature color");
    }
}
