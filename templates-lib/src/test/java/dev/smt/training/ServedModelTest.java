package dev.smt.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.smt.data.EncodedExamples;
import dev.smt.nn.Paradigm;
import dev.smt.nn.embedding.EmbeddingFormat;
import dev.smt.serving.ServingTemplate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ServedModelTest {
    private static final EncodedExamples TRAIN = PlantedExamples.of(2000, 1);
    private static final EncodedExamples ROWS = PlantedExamples.of(1100, 2);
    private static final TrainingTemplate TRAINING = PlantedExamples.training(2, 64);

    @Test
    void aModelOfItsStatePredictsTheSameBits() {
        for (Paradigm paradigm : Paradigm.values()) {
            try (TrainedModel trained = train(paradigm, ServingTemplate.DEFAULT)) {
                float[] expected = trained.predict(ROWS);
                try (TrainedModel again = TrainedModel.of(trained.specification(), trained.state())) {
                    assertThat(again.predict(ROWS)).isEqualTo(expected);
                    assertThat(again.evaluate(ROWS).normalizedEntropy())
                            .isEqualTo(trained.evaluate(ROWS).normalizedEntropy());
                    assertThat(again.steps()).isEqualTo(trained.steps());
                    assertThat(again.examples()).isEqualTo(trained.examples());
                }
            }
        }
    }

    @Test
    void aModelThatIsServedAsTrainedIsServedItself() {
        try (TrainedModel trained = train(Paradigm.SPARSE_NN, ServingTemplate.DEFAULT)) {
            assertThat(trained.served()).isSameAs(trained);
        }
    }

    @Test
    void howItIsServedChangesPredictionsALittleAndNotTheTraining() {
        try (TrainedModel trained = train(Paradigm.SPARSE_NN, ServingTemplate.DEFAULT)) {
            double exact = trained.evaluate(ROWS).normalizedEntropy();
            for (EmbeddingFormat format : List.of(EmbeddingFormat.FP16, EmbeddingFormat.INT8)) {
                ServingTemplate serving = ServingTemplate.DEFAULT.withRows(format, 0);
                try (TrainedModel same = train(Paradigm.SPARSE_NN, serving);
                        TrainedModel served = same.served()) {
                    assertThat(same.predict(ROWS)).isEqualTo(trained.predict(ROWS));
                    assertThat(served.predict(ROWS)).isNotEqualTo(trained.predict(ROWS));
                    assertThat(served.evaluate(ROWS).normalizedEntropy()).isCloseTo(exact, within(2e-3));
                }
            }
        }
    }

    @Test
    void servingHalfOfTheRowsAsZeroCostsNormalizedEntropy() {
        try (TrainedModel trained =
                        train(Paradigm.SPARSE_NN, ServingTemplate.DEFAULT.withRows(EmbeddingFormat.FP32, 0.5));
                TrainedModel served = trained.served()) {
            assertThat(trained.state().tables().get("ad").numbers()).hasSize(30);
            assertThat(served.evaluate(ROWS).normalizedEntropy())
                    .isGreaterThan(trained.evaluate(ROWS).normalizedEntropy());
        }
    }

    @Test
    void scoresFromCachedItemsAreThoseOfTheWholeNetwork() {
        int[] items = IntStream.range(0, ROWS.rows()).toArray();
        try (TrainedModel trained = train(Paradigm.DECOUPLED_SPARSE_NN, ServingTemplate.DEFAULT)) {
            CachedItemTower cache = new CachedItemTower(trained, ROWS);
            float[] cached = cache.predict(ROWS, items, "click");
            float[] full = trained.predict(ROWS);
            for (int row = 0; row < full.length; row++) {
                assertThat(cached[row]).isCloseTo(full[row], within(1e-6f));
            }
            assertThat(cache.bytesPerItem()).isEqualTo(4 * (8 + 1));
        }
    }

    @Test
    void cachedScoresOfAnyUserAndItemAreThoseOfTheirPair() {
        int[] order = IntStream.range(0, ROWS.rows())
                .map(row -> (row * 7 + 3) % ROWS.rows())
                .toArray();
        EncodedExamples pairs = ROWS.withPermuted("ad", order).withPermuted("price", order);
        try (TrainedModel trained = train(Paradigm.DECOUPLED_SPARSE_NN, ServingTemplate.DEFAULT)) {
            float[] cached = new CachedItemTower(trained, ROWS).predict(ROWS, order, "click");
            float[] full = trained.predict(pairs);
            for (int row = 0; row < full.length; row++) {
                assertThat(cached[row]).isCloseTo(full[row], within(1e-6f));
            }
        }
    }

    @Test
    void theBestOffersOfAUserAreThoseThatTheWholeNetworkRanksFirst() {
        EncodedExamples items = PlantedExamples.of(300, 9);
        try (TrainedModel trained = train(Paradigm.DECOUPLED_SPARSE_NN, ServingTemplate.DEFAULT)) {
            CachedItemTower cache = new CachedItemTower(trained, items);
            for (int user : new int[] {0, 5, 99}) {
                float[] scores = trained.predict(oneUserWithAllItems(user, items));
                List<Integer> ranked = IntStream.range(0, scores.length)
                        .boxed()
                        .sorted(Comparator.comparing((Integer item) -> -scores[item]))
                        .toList();
                List<Integer> top = cache.top(items, user, 20);
                assertThat(top).hasSize(20);
                // Rounding may exchange items of equal scores, and those only.
                for (int place = 0; place < 20; place++) {
                    assertThat(scores[top.get(place)]).isCloseTo(scores[ranked.get(place)], within(1e-6f));
                }
            }
            assertThat(cache.top(items, 0, 1000)).hasSize(300).doesNotHaveDuplicates();
        }
    }

    @Test
    void misuseOfCachedItemsIsNamed() {
        try (TrainedModel single = train(Paradigm.SPARSE_NN, ServingTemplate.DEFAULT);
                TrainedModel decoupled = train(Paradigm.DECOUPLED_SPARSE_NN, ServingTemplate.DEFAULT)) {
            assertThatThrownBy(() -> new CachedItemTower(single, ROWS))
                    .hasMessageContaining("only a two-tower network");
            CachedItemTower cache = new CachedItemTower(decoupled, ROWS);
            assertThatThrownBy(() -> cache.predict(ROWS, new int[3], "click"))
                    .hasMessage("items are named for 3 rows; there are 1100");
            int[] unknown = new int[ROWS.rows()];
            unknown[7] = 1100;
            assertThatThrownBy(() -> cache.predict(ROWS, unknown, "click"))
                    .hasMessage("item is 1100; allowed: 0 to 1099");
            assertThatThrownBy(() -> cache.predict(ROWS, new int[1100], "buy")).hasMessageContaining("buy");
        }
        assertThatThrownBy(() -> specification(Paradigm.SPARSE_NN, ServingTemplate.DEFAULT.withCachedItemTower(true)))
                .hasMessageContaining("the item tower is to be cached, but the paradigm is SPARSE_NN");
    }

    private static TrainedModel train(Paradigm paradigm, ServingTemplate serving) {
        return new ModelTrainer().train(specification(paradigm, serving), TRAIN, 3);
    }

    private static ModelSpecification specification(Paradigm paradigm, ServingTemplate serving) {
        ModelSpecification plain = PlantedExamples.specification(paradigm, TRAINING);
        return new ModelSpecification(plain.network(), plain.data(), plain.training(), serving, "0", "0");
    }

    /** The rows of the items, each with the user and context features of one of them. */
    private static EncodedExamples oneUserWithAllItems(int user, EncodedExamples items) {
        int rows = items.rows();
        int[] offsets = new int[rows + 1];
        EncodedExamples.Sequences history = items.sequences("history");
        int begin = history.offsets()[user];
        int length = history.offsets()[user + 1] - begin;
        int[] values = new int[rows * length];
        for (int row = 0; row < rows; row++) {
            offsets[row + 1] = (row + 1) * length;
            System.arraycopy(history.values(), begin, values, row * length, length);
        }
        return EncodedExamples.builder(rows)
                .numeric(PlantedExamples.AGE, filled(rows, items.numeric("age")[user]))
                .numeric(PlantedExamples.PRICE, items.numeric("price"))
                .ids(PlantedExamples.USER, filled(rows, items.ids("user")[user]))
                .ids(PlantedExamples.AD, items.ids("ad"))
                .ids(PlantedExamples.NOISE, filled(rows, items.ids("noise")[user]))
                .sequences(PlantedExamples.HISTORY, offsets, values)
                .build();
    }

    private static int[] filled(int rows, int value) {
        return IntStream.generate(() -> value).limit(rows).toArray();
    }

    private static float[] filled(int rows, float value) {
        float[] values = new float[rows];
        Arrays.fill(values, value);
        return values;
    }
}
