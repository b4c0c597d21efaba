package dev.smt.jobs.importance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.data.DataTemplate;
import dev.smt.data.EncodedExamples;
import dev.smt.data.EncodedExamplesBuilder;
import dev.smt.data.Mixing;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.FeatureImportance;
import dev.smt.feature.FeatureSelection;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.feature.FeatureType;
import dev.smt.feature.TopK;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.importance.FirstOrderAblation;
import dev.smt.importance.GroupedPermutation;
import dev.smt.importance.ImportanceMethod;
import dev.smt.importance.IntegratedGradients;
import dev.smt.importance.LearnedGates;
import dev.smt.importance.LeaveOneFeatureOut;
import dev.smt.importance.PermutationImportance;
import dev.smt.importance.ReferenceModel;
import dev.smt.nn.Architecture;
import dev.smt.nn.Interaction;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.Paradigm;
import dev.smt.training.ModelSpecification;
import dev.smt.training.ModelTrainer;
import dev.smt.training.TrainedModel;
import dev.smt.training.TrainingTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The importance of a trained model's features finds the features that the labels were made from (capability B1). */
class PlantedImportanceTest {
    private static final int CARDINALITY = 20;

    private static final World SMALL = new World(30, 6, 12, 4, 0.7);
    private static final World LARGE = new World(200, 20, 100, 10, 0.4);

    /** Those that rank all features; the other is for a short list. */
    static List<ImportanceMethod> methods() {
        PermutationImportance permutation = new PermutationImportance(2, 3);
        return List.of(
                permutation,
                new GroupedPermutation(permutation, 0.8),
                new IntegratedGradients(8),
                new FirstOrderAblation(),
                new LearnedGates(10));
    }

    @Test
    void noMethodThatRanksIsLeftOut() {
        Set<Class<?>> here = methods().stream().map(Object::getClass).collect(Collectors.toSet());
        here.add(LeaveOneFeatureOut.class);
        assertThat(here).containsExactlyInAnyOrder(ImportanceMethod.class.getPermittedSubclasses());
    }

    @Test
    void everyMethodFindsTheInformativeFeaturesOfEachType() {
        assertRecall(SMALL, 8_000, 2_000);
    }

    @Test
    @Tag("slow")
    void everyMethodFindsThirtyInformativeFeaturesOfThreeHundred() {
        assertRecall(LARGE, 20_000, 4_000);
    }

    private static void assertRecall(World world, int trainingRows, int validationRows) {
        EncodedExamples training = world.rows(trainingRows, 1);
        try (TrainedModel model = new ModelTrainer().train(world.specification(), training, 5)) {
            ReferenceModel reference = new ReferenceModel(model, training, world.rows(validationRows, 2), 5);
            assertThat(methods()).allSatisfy(method -> assertRecall(world, method.of(reference)));
        }
    }

    private static void assertRecall(World world, List<FeatureImportance> importances) {
        FeatureSelection selection = TopK.select(
                importances,
                Map.of(FeatureType.NUMERIC, world.informativeNumeric(), FeatureType.ID, world.informativeIds()));
        assertThat(recall(selection.selected().get(FeatureType.NUMERIC)))
                .as("recall of numeric features in %s", importances)
                .isGreaterThanOrEqualTo(0.9);
        assertThat(recall(selection.selected().get(FeatureType.ID)))
                .as("recall of id features in %s", importances)
                .isGreaterThanOrEqualTo(0.9);
    }

    private static double recall(List<String> selected) {
        return (double) selected.stream().filter(name -> name.endsWith("+")).count() / selected.size();
    }

    /**
     * Independent features; the label depends on the first few of each type, whose names end with a plus.
     *
     * @param effect weight of an informative number; an informative id's effect is uniform within twice that
     */
    private record World(int numeric, int informativeNumeric, int ids, int informativeIds, double effect) {

        EncodedExamples rows(int rows, long seed) {
            Random random = new Random(seed);
            EncodedExamplesBuilder builder = EncodedExamples.builder(rows);
            double[] logits = new double[rows];
            for (int i = 0; i < numeric; i++) {
                float[] values = new float[rows];
                for (int row = 0; row < rows; row++) {
                    values[row] = (float) random.nextGaussian();
                    logits[row] += i < informativeNumeric ? (i % 2 == 0 ? effect : -effect) * values[row] : 0;
                }
                builder.numeric(number(i), values);
            }
            for (int i = 0; i < ids; i++) {
                int[] values = new int[rows];
                for (int row = 0; row < rows; row++) {
                    values[row] = random.nextInt(CARDINALITY);
                    logits[row] += i < informativeIds ? 2 * effect * (2 * Mixing.unit(values[row], i) - 1) : 0;
                }
                builder.ids(id(i), values);
            }
            float[] labels = new float[rows];
            for (int row = 0; row < rows; row++) {
                labels[row] = random.nextDouble() < 1 / (1 + Math.exp(-logits[row])) ? 1 : 0;
            }
            byte[] buckets = new byte[rows];
            random.nextBytes(buckets);
            return builder.label("click", labels).buckets(buckets).build();
        }

        ModelSpecification specification() {
            List<Feature> features = new ArrayList<>();
            for (int i = 0; i < numeric; i++) {
                features.add(number(i));
            }
            for (int i = 0; i < ids; i++) {
                features.add(id(i));
            }
            Architecture architecture = new Architecture(
                    Paradigm.SPARSE_NN, 4, 0, List.of(16), List.of(new Interaction.Cross(1, 4)), List.of(16));
            TrainingTemplate training = new TrainingTemplate(3, 128, 0.05, 0.005, 0.1, 0.1, 0, 0);
            return new ModelSpecification(
                    new NetworkSpecification(
                            architecture,
                            features,
                            1,
                            SequencePooling.MEAN,
                            List.of(OptimizationEvent.binary("click"))),
                    DataTemplate.PLAIN,
                    training,
                    "0");
        }

        private Feature number(int i) {
            String name = "number-" + i + (i < informativeNumeric ? "+" : "");
            return new Feature(name, FeatureType.NUMERIC, FeatureSide.CONTEXT, new NumericColumn());
        }

        private Feature id(int i) {
            String name = "id-" + i + (i < informativeIds ? "+" : "");
            return new Feature(name, FeatureType.ID, FeatureSide.CONTEXT, new IdColumn(CARDINALITY));
        }
    }
}
