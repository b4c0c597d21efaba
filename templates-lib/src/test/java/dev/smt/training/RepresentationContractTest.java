package dev.smt.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.NDManager;
import dev.smt.data.DataTemplate;
import dev.smt.data.EncodedExamples;
import dev.smt.data.Permutation;
import dev.smt.feature.Feature;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.metric.BucketedLoss;
import dev.smt.nn.Architecture;
import dev.smt.nn.IdRepresentation;
import dev.smt.nn.Interaction;
import dev.smt.nn.InteractionExamples;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.NumericRepresentation;
import dev.smt.nn.Paradigm;
import dev.smt.nn.RepresentationExamples;
import dev.smt.nn.RepresentationExamples.Case;
import dev.smt.nn.VectorRepresentation;
import dev.smt.nn.embedding.EmbeddingOptimizer;
import dev.smt.nn.representation.FittedFeatures;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every kind of representation must do. */
class RepresentationContractTest {
    private static final int ROWS = 40;
    private static final EncodedExamples TRAIN = RepresentationExamples.rows(ROWS, 1);
    private static final EncodedExamples OTHERS = RepresentationExamples.rows(17, 2);

    static List<Case> cases() {
        return RepresentationExamples.all();
    }

    @Test
    void noKindIsLeftOut() {
        Set<String> tested = cases().stream().map(Case::kind).collect(Collectors.toSet());

        List<Enum<?>> kinds = Stream.of(
                        NumericRepresentation.Kind.values(),
                        IdRepresentation.Kind.values(),
                        VectorRepresentation.Kind.values(),
                        SequencePooling.values())
                .<Enum<?>>flatMap(Arrays::stream)
                .toList();
        assertThat(kinds).allSatisfy(kind -> assertThat(tested).contains(kind.toString()));
        assertThat(kinds).hasSize(16 - 2);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void itsGradientsAreTheDifferencesOfTheLoss(Case example) {
        EncodedExamples rows = RepresentationExamples.rows(14, 3);
        try (RankingModel model = model(example.network(), 14, 5)) {
            GradientCheck check = new GradientCheck(model, rows);

            check.run();

            assertThat(check.checked()).isGreaterThan(25);
            assertThat(check.kinks()).isLessThan(check.checked() / 2);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void trainsToTheSameBitsAndPredictsUnseenAndMissingValues(Case example) {
        float[] first = trainedPredictions(example.network());

        assertThat(trainedPredictions(example.network())).containsExactly(first);
        assertThat(first).hasSize(ROWS + 17);
        for (float probability : first) {
            assertThat(probability).isBetween(0f, 1f).isNotNaN();
        }
        // The first rows have nothing but missing values.
        assertThat(first[1]).isEqualTo(first[0]);
    }

    static Stream<Case> inOneTower() {
        return cases().stream()
                .filter(example -> example.network().architecture().paradigm() == Paradigm.SPARSE_NN);
    }

    @ParameterizedTest
    @MethodSource("inOneTower")
    void learnsMoreThanTheBaseRate(Case example) {
        try (TrainedModel model = new ModelTrainer().train(specification(example.network(), 12), TRAIN, 7)) {
            assertThat(model.evaluate(TRAIN).normalizedEntropy()).isLessThan(0.95);
        }
    }

    /** A row's prediction depends on nothing but the row: not on the batch that it is in. */
    @ParameterizedTest
    @MethodSource("cases")
    void aRowIsPredictedTheSameInAnyBatch(Case example) {
        try (RankingModel model = model(example.network(), ROWS, 9)) {
            model.read(TRAIN);
            int[] order = IntStream.range(0, ROWS).map(row -> ROWS - 1 - row).toArray();
            float[] together = new float[ROWS];
            model.predict(order, 0, ROWS, together);
            for (int at = 0; at < ROWS; at += 7) {
                float[] alone = new float[1];
                model.predict(order, at, 1, alone);
                assertThat(alone[0]).isCloseTo(together[at], within(1e-5f));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void goesWithEveryInteraction(Case example) {
        Architecture architecture = example.network().architecture();
        for (Interaction interaction : InteractionExamples.all()) {
            NetworkSpecification network = new NetworkSpecification(
                    architecture.withInteractions(List.of(interaction)),
                    example.network().features(),
                    example.network().maxSequenceLength(),
                    example.network().pooling(),
                    example.network().events(),
                    example.network().transforms());
            try (RankingModel model = model(network, 17, 3)) {
                assertThat(logits(model)).as("%s", interaction).doesNotContain(Float.NaN);
            }
        }
    }

    /** Modules with and without gradients of their own read the same vectors, which are computed once. */
    @ParameterizedTest
    @MethodSource("cases")
    void itsGradientsAreTheDifferencesWhereSeveralInteractionsReadIt(Case example) {
        NetworkSpecification network = new NetworkSpecification(
                example.network()
                        .architecture()
                        .withInteractions(List.of(new Interaction.Dot(), new Interaction.Cross(1, 2))),
                example.network().features(),
                example.network().maxSequenceLength(),
                example.network().pooling(),
                example.network().events(),
                example.network().transforms());
        try (RankingModel model = model(network, 14, 5)) {
            GradientCheck check = new GradientCheck(model, RepresentationExamples.rows(14, 3));

            check.run();

            assertThat(check.checked()).isGreaterThan(25);
            assertThat(check.kinks()).isLessThan(check.checked() / 2);
        }
    }

    static Stream<Case> inTwoTowers() {
        return cases().stream()
                .filter(example -> example.network().architecture().paradigm() == Paradigm.DECOUPLED_SPARSE_NN);
    }

    /** Item vectors can be computed ahead: no representation lets anything of the user's side in. */
    @ParameterizedTest
    @MethodSource("inTwoTowers")
    void itemVectorsDependOnItemFeaturesOnly(Case example) {
        int[] reversed = IntStream.range(0, ROWS).map(row -> ROWS - 1 - row).toArray();
        EncodedExamples otherUsers = TRAIN.withPermuted("user", reversed)
                .withPermuted("age", reversed)
                .withPermuted("seen", reversed);
        try (TrainedModel model = new ModelTrainer().train(specification(example.network(), 1), TRAIN, 7)) {
            List<float[]> vectors = model.itemVectors(TRAIN);
            List<float[]> others = model.itemVectors(otherUsers);
            for (int row = 0; row < ROWS; row++) {
                assertThat(others.get(row)).containsExactly(vectors.get(row));
            }
            assertThat(vectors.get(5)).isNotEqualTo(vectors.get(6));
        }
    }

    /** What importance is measured with; the sums of the first-order terms round otherwise. */
    @ParameterizedTest
    @MethodSource("cases")
    void aFeatureThatIsReadFromOtherRowsCountsAsInNewRows(Case example) {
        int[] all = IntStream.range(0, ROWS).toArray();
        int[] reversed = IntStream.range(0, ROWS).map(row -> ROWS - 1 - row).toArray();
        try (TrainedModel model = new ModelTrainer().train(specification(example.network(), 12), TRAIN, 7)) {
            FeatureScorer scorer = new FeatureScorer(model, TRAIN);
            double base = scorer.losses(all).totalLoss();
            Map<String, Double> changed = new LinkedHashMap<>();
            for (Feature feature : example.network().features()) {
                FeatureChange change = new FeatureChange(List.of(feature.name()), new Permutation(reversed, ROWS));
                List<BucketedLoss> twice = scorer.losses(all, List.of(change, change));
                assertThat(twice.get(1).totalLoss()).isEqualTo(twice.get(0).totalLoss());
                changed.put(feature.name(), twice.get(0).totalLoss());
                assertThat(scorer.losses(all).totalLoss()).isEqualTo(base);
            }
            EncodedExamples rows = scorer.rows();
            changed.forEach((feature, loss) -> {
                assertThat(loss).as(feature).isNotEqualTo(base);
                assertThat(new FeatureScorer(model, rows.withPermuted(feature, reversed))
                                .losses(all)
                                .totalLoss())
                        .as(feature)
                        .isCloseTo(loss, withinPercentage(1e-4));
            });
            assertThat(model.evaluate(TRAIN).losses().totalLoss()).isEqualTo(base);
        }
    }

    /** The features' parts add up to what the rows' own inputs are better than the mean ones (completeness). */
    @ParameterizedTest
    @MethodSource("cases")
    void theLossIsAttributedToTheInputsWhole(Case example) {
        try (TrainedModel model = new ModelTrainer().train(specification(example.network(), 12), TRAIN, 7)) {
            double plain = model.evaluate(TRAIN).losses().totalLoss();
            InputAttribution.Losses losses = new InputAttribution(model, TRAIN).losses(64);
            assertThat(losses.own().totalLoss()).isCloseTo(plain, withinPercentage(1e-4));
            assertThat(losses.without().keySet())
                    .containsAll(example.network().features().stream()
                            .map(Feature::name)
                            .toList());
            double parts = losses.without().values().stream()
                    .mapToDouble(loss -> loss.totalLoss() - plain)
                    .sum();
            double whole = losses.mean().totalLoss() - plain;
            assertThat(Math.abs(whole)).isGreaterThan(0.001 * plain);
            assertThat(parts).isCloseTo(whole, withinPercentage(2));
            assertThat(model.evaluate(TRAIN).losses().totalLoss()).isEqualTo(plain);
        }
    }

    /** Constants and parameters live as long as the model; a step's results must not. */
    @ParameterizedTest
    @MethodSource("cases")
    void aStepLeavesNoNativeMemoryBehind(Case example) {
        try (RankingModel model = model(example.network(), ROWS, 3)) {
            NDManager manager =
                    model.network().getParameters().get(0).getValue().getArray().getManager();
            int[] all = IntStream.range(0, ROWS).toArray();
            model.read(TRAIN);
            model.backward(all, 0, ROWS, (logits, count, gradient) -> 1);
            int arrays = manager.getManagedArrays().size();
            for (int step = 0; step < 3; step++) {
                model.backward(all, 0, ROWS, (logits, count, gradient) -> 1);
                model.predict(all, 0, ROWS, new float[ROWS]);
            }

            assertThat(manager.getManagedArrays()).hasSize(arrays);
        }
    }

    /** Parameters of a network and its fitted state are all that the model is. */
    @ParameterizedTest
    @MethodSource("cases")
    void isMadeAgainOfItsStateAndSeed(Case example) {
        FittedFeatures fitted = FittedFeatures.fit(example.network(), TRAIN);
        FittedFeatures copy = new FittedFeatures(example.network(), fitted.state());
        try (RankingModel model = model(example.network(), 17, 3);
                RankingModel again = new RankingModel(
                        example.network(),
                        copy,
                        17,
                        3,
                        EmbeddingOptimizer.Kind.ROW_WISE_ADAGRAD.create(0),
                        Workers.ONE)) {
            assertThat(logits(again)).containsExactly(logits(model));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isServedFromItsStateAsItWasTrained(Case example) {
        try (TrainedModel trained = new ModelTrainer().train(specification(example.network(), 2), TRAIN, 11);
                TrainedModel served = TrainedModel.of(trained.specification(), trained.state())) {
            float[] full = trained.predict(OTHERS);
            assertThat(served.predict(OTHERS)).containsExactly(full);
            if (example.network().architecture().paradigm() == Paradigm.DECOUPLED_SPARSE_NN) {
                int[] items = IntStream.range(0, full.length).toArray();
                float[] cached = new CachedItemTower(served, OTHERS)
                        .predict(OTHERS, items, served.specification().label());
                for (int row = 0; row < full.length; row++) {
                    assertThat(cached[row]).isCloseTo(full[row], within(1e-6f));
                }
            }
        }
    }

    private static float[] logits(RankingModel model) {
        model.read(OTHERS);
        float[] logits = new float[17];
        model.predict(IntStream.range(0, 17).toArray(), 0, 17, logits);
        return logits;
    }

    private static RankingModel model(NetworkSpecification network, int capacity, long seed) {
        return new RankingModel(
                network,
                FittedFeatures.fit(network, TRAIN),
                capacity,
                seed,
                EmbeddingOptimizer.Kind.ROW_WISE_ADAGRAD.create(0),
                Workers.ONE);
    }

    private static float[] trainedPredictions(NetworkSpecification network) {
        try (TrainedModel model = new ModelTrainer().train(specification(network, 2), TRAIN, 11)) {
            float[] train = model.predict(TRAIN);
            float[] others = model.predict(OTHERS);
            float[] all = Arrays.copyOf(train, train.length + others.length);
            System.arraycopy(others, 0, all, train.length, others.length);
            return all;
        }
    }

    private static ModelSpecification specification(NetworkSpecification network, int epochs) {
        return new ModelSpecification(network, DataTemplate.PLAIN, PlantedExamples.training(epochs, 10), "0");
    }
}
