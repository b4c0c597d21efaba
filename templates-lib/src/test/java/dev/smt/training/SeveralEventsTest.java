package dev.smt.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.smt.data.DataTemplate;
import dev.smt.data.EncodedExamples;
import dev.smt.data.EncodedExamplesBuilder;
import dev.smt.data.LabelTransform;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.metric.Evaluation;
import dev.smt.nn.Architecture;
import dev.smt.nn.Interaction;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.Paradigm;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models with several optimization events: click, a purchase that only a click can have, its value, and a rating. */
class SeveralEventsTest {
    private static final int ROWS = 12_000;
    private static final OptimizationEvent CLICK = OptimizationEvent.binary("click");
    private static final OptimizationEvent PURCHASE = OptimizationEvent.parse("purchase|click*0.5");
    private static final OptimizationEvent VALUE = OptimizationEvent.parse("value:amount");
    private static final OptimizationEvent RATING = OptimizationEvent.parse("rating:levels(3)");
    private static final List<OptimizationEvent> ALL = List.of(CLICK, PURCHASE, VALUE, RATING);
    private static final EncodedExamples TRAIN = examples(PlantedExamples.of(ROWS, 1), 5);
    private static final EncodedExamples TEST = examples(PlantedExamples.of(ROWS, 2), 6);

    /** The base examples, with more labels; a purchase without a click is a wrong value that must never be read. */
    private static EncodedExamples examples(EncodedExamples base, long seed) {
        Random random = new Random(seed);
        float[] logits = base.label("true logit");
        float[] purchase = new float[ROWS];
        float[] value = new float[ROWS];
        float[] rating = new float[ROWS];
        float[] delay = new float[ROWS];
        for (int row = 0; row < ROWS; row++) {
            boolean clicked = base.label("click")[row] == 1;
            boolean bought = random.nextDouble() < 1 / (1 + Math.exp(-0.8 * logits[row]));
            purchase[row] = clicked ? (bought ? 1 : 0) : 7;
            value[row] = (float) Math.exp(0.5 * logits[row] + 0.3 * random.nextGaussian());
            double score = logits[row] + random.nextGaussian();
            rating[row] = score < -1 ? 0 : score < 1 ? 1 : 2;
            delay[row] = row % 2 == 0 ? 1 : 100;
        }
        EncodedExamplesBuilder builder = PlantedExamples.features(base);
        long[] hashes = new long[ROWS];
        byte[] buckets = new byte[ROWS];
        for (int row = 0; row < ROWS; row++) {
            hashes[row] = base.rowHash(row);
            buckets[row] = (byte) base.bucket(row);
        }
        return builder.label("click", base.label("click"))
                .label("purchase", purchase)
                .label("value", value)
                .label("rating", rating)
                .label("delay", delay)
                .rowHashes(hashes)
                .buckets(buckets)
                .build();
    }

    @ParameterizedTest
    @CsvSource({"SPARSE_NN, 0", "SPARSE_NN, 3", "DECOUPLED_SPARSE_NN, 0", "DECOUPLED_SPARSE_NN, 2"})
    void allEventsLearnTogether(Paradigm paradigm, int experts) {
        DataTemplate data = DataTemplate.PLAIN.withLabelTransforms(List.of(new LabelTransform.Log1p("value")));
        try (TrainedModel model = new ModelTrainer().train(specification(paradigm, experts, data, ALL), TRAIN, 1)) {
            assertThat(model.evaluate(TEST).normalizedEntropy()).isLessThan(0.9);
            Evaluation purchase = model.evaluate(TEST, "purchase");
            assertThat(purchase.normalizedEntropy()).isLessThan(0.95);
            assertThat(purchase.rows()).isEqualTo(clicks(TEST));
            assertThat(model.evaluate(TEST, "value").normalizedEntropy()).isLessThan(0.75);
            assertThat(model.evaluate(TEST, "value").calibration()).isCloseTo(1, within(0.05));
            assertThat(model.evaluate(TEST, "rating").normalizedEntropy()).isLessThan(0.9);
            float[] levels = model.predict(TEST, "rating");
            for (float level : levels) {
                assertThat(level).isBetween(0f, 2f);
            }
            assertThatThrownBy(() -> model.predict(TEST, "like"))
                    .hasMessage("the model doesn't predict like; its events are [click, purchase, value, rating]");
        }
    }

    @Test
    void rowsThatDoNotKnowTheEventNeitherTrainNorCount() {
        ModelSpecification specification = specification(Paradigm.SPARSE_NN, 0, DataTemplate.PLAIN, List.of(PURCHASE));
        try (TrainedModel model = new ModelTrainer().train(specification, TRAIN, 1)) {
            assertThat(model.examples()).isEqualTo(2 * clicks(TRAIN));
            assertThat(model.evaluate(TEST).rows()).isEqualTo(clicks(TEST));
        }
    }

    /** An independent sum over the rows: weight times log loss, where there is a label, over the batch's size. */
    @Test
    void maskedLabelsChangeTheLossAsTheReferenceSays() {
        float[] outputs = new float[2 * 400];
        Random random = new Random(4);
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = (float) random.nextGaussian();
        }
        double expected = 0;
        for (int row = 0; row < 400; row++) {
            double p = 1 / (1 + Math.exp(-outputs[2 * row]));
            expected -= TRAIN.label("click")[row] == 1 ? Math.log(p) : Math.log(1 - p);
            double q = 1 / (1 + Math.exp(-outputs[2 * row + 1]));
            if (TRAIN.label("click")[row] == 1) {
                expected -= 0.5 * (TRAIN.label("purchase")[row] == 1 ? Math.log(q) : Math.log(1 - q));
            }
        }

        List<EventRows> events = List.of(
                EventRows.training(TRAIN, CLICK, DataTemplate.PLAIN),
                EventRows.training(TRAIN, PURCHASE, DataTemplate.PLAIN));
        TrainingRows rows =
                TrainingRows.of(TRAIN, events, DataTemplate.PLAIN, HeldOutRows.of(TRAIN, HeldOutTemplate.DEFAULT));
        TrainingObjective objective = new TrainingObjective(
                events, EventLosses.of(events, rows, DataTemplate.PLAIN, PlantedExamples.training(1, 1)), rows);
        int[] order = IntStream.range(0, 400).toArray();
        float[] gradient = new float[outputs.length];

        assertThat(objective.batch(order, 0, 400, outputs, gradient)).isCloseTo(expected / 400, within(1e-6));
        for (int row = 0; row < 400; row++) {
            assertThat(gradient[2 * row + 1] == 0).isEqualTo(TRAIN.label("click")[row] == 0);
        }
    }

    @Test
    void leavingOutNegativesOfTheMainEventKeepsAllEventsCalibrated() {
        DataTemplate half = DataTemplate.PLAIN
                .withNegativeRate(0.4)
                .withLabelTransforms(List.of(new LabelTransform.Log1p("value")));
        OptimizationEvent other = OptimizationEvent.binary("high");
        EncodedExamples train = withHigh(TRAIN);
        EncodedExamples test = withHigh(TEST);
        double click = 0;
        double high = 0;
        for (int seed = 1; seed <= 3; seed++) {
            try (TrainedModel model = new ModelTrainer()
                    .train(specification(Paradigm.SPARSE_NN, 0, half, List.of(CLICK, other)), train, seed)) {
                click += model.evaluate(test).calibration() / 3;
                high += model.evaluate(test, "high").calibration() / 3;
            }
        }
        // Without weights for the rows left out, the other event would be over-predicted, since it is common among
        // clicks.
        assertThat(click).isCloseTo(1, within(0.08));
        assertThat(high).isCloseTo(1, within(0.08));
    }

    @Test
    void attributionWindowsLimitTrainingLabelsOnly() {
        DataTemplate window =
                DataTemplate.PLAIN.withLabelTransforms(List.of(new LabelTransform.Window("click", "delay", 24)));
        ModelSpecification limited = specification(Paradigm.SPARSE_NN, 0, window, List.of(CLICK));
        try (TrainedModel model = new ModelTrainer().train(limited, TRAIN, 1)) {
            assertThat(model.evaluate(TEST).calibration()).isCloseTo(0.5, within(0.06));
            assertThat(model.evaluate(TEST).positives()).isEqualTo(clicks(TEST));
        }
    }

    @Test
    void binarizedAmountsAreEvents() {
        DataTemplate data = DataTemplate.PLAIN.withLabelTransforms(List.of(new LabelTransform.Binarize("value", 1.5)));
        ModelSpecification specification =
                specification(Paradigm.SPARSE_NN, 0, data, List.of(OptimizationEvent.binary("value")));
        try (TrainedModel model = new ModelTrainer().train(specification, TRAIN, 1)) {
            assertThat(model.evaluate(TEST).auc()).isGreaterThan(0.8);
        }
    }

    /** A feature that is used as a label at weight 0 is out of the inputs, and changes nothing else (C2). */
    @Test
    void anEventThatIsNotThereChangesNothing() {
        ModelSpecification alone = specification(Paradigm.SPARSE_NN, 0, DataTemplate.PLAIN, List.of(CLICK));
        ModelSpecification named = specification(
                Paradigm.SPARSE_NN, 0, DataTemplate.PLAIN.withAuxiliaryLabels(List.of("age"), 0), List.of(CLICK));
        try (TrainedModel one = new ModelTrainer().train(alone, TRAIN, 1);
                TrainedModel other = new ModelTrainer().train(named, TRAIN, 1)) {
            assertThat(other.predict(TEST)).isEqualTo(one.predict(TEST));
        }
    }

    @Test
    void numericFeaturesAreLearnedAsLabels() {
        List<OptimizationEvent> events = List.of(CLICK, OptimizationEvent.parse("price:amount*0.3"));
        try (TrainedModel model =
                new ModelTrainer().train(specification(Paradigm.SPARSE_NN, 0, DataTemplate.PLAIN, events), TRAIN, 1)) {
            // The price is among the inputs here, which instantiation never allows: so it must be found.
            assertThat(model.evaluate(TEST, "price").normalizedEntropy()).isLessThan(0.2);
        }
    }

    @Test
    void heldOutRowsStopAndCalibrateEveryEventThatTheyKnow() {
        ModelSpecification plain = specification(Paradigm.SPARSE_NN, 0, DataTemplate.PLAIN, ALL);
        TrainingTemplate smooth = new TrainingTemplate(2, 128, 0.05, 0.003, 0.1, 0.1, 0.01, 0.3);
        ModelSpecification heldOut = new ModelSpecification(
                plain.network(), plain.data(), smooth.withHeldOut(new HeldOutTemplate(0.1, 4, 4, 0.2)), "0");
        ModelSpecification without = new ModelSpecification(plain.network(), plain.data(), smooth, "0");
        try (TrainedModel model = new ModelTrainer().train(heldOut, TRAIN, 1);
                TrainedModel smoothed = new ModelTrainer().train(without, TRAIN, 1)) {
            assertThat(model.examples()).isEqualTo(2L * ROWS * 7 / 10);
            assertThat(smoothed.evaluate(TEST).calibration()).isGreaterThan(1.1);
            assertThat(model.evaluate(TEST).calibration()).isCloseTo(1, within(0.06));
            assertThat(model.evaluate(TEST, "purchase").calibration()).isCloseTo(1, within(0.06));
            assertThat(model.evaluate(TEST, "value").normalizedEntropy()).isLessThan(1);
            assertThat(model.evaluate(TEST, "rating").normalizedEntropy()).isLessThan(1);
        }
    }

    @Test
    void refusesLabelsThatTheEventCannotHave() {
        assertThatThrownBy(() -> train(List.of(OptimizationEvent.binary("rating"))))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("label rating is 2.0 in row ")
                .hasMessageContaining("; allowed: 0 or 1");
        assertThatThrownBy(() -> train(List.of(OptimizationEvent.parse("value:levels(3)"))))
                .hasMessageContaining("; allowed: whole numbers from 0 to 2");
        assertThatThrownBy(() -> train(List.of(OptimizationEvent.parse("rating:levels(4)"))))
                .hasMessageContaining("label rating has no training row at level 3 of 4");
        assertThatThrownBy(() -> new ModelTrainer()
                        .train(
                                specification(
                                        Paradigm.SPARSE_NN,
                                        0,
                                        DataTemplate.PLAIN.withNegativeRate(0.5),
                                        List.of(VALUE)),
                                TRAIN,
                                1))
                .hasMessageContaining("the main event, value:amount, has no negatives to leave out");
    }

    private static void train(List<OptimizationEvent> events) {
        new ModelTrainer()
                .train(specification(Paradigm.SPARSE_NN, 0, DataTemplate.PLAIN, events), TRAIN, 1)
                .close();
    }

    private static long clicks(EncodedExamples rows) {
        float sum = 0;
        for (float click : rows.label("click")) {
            sum += click;
        }
        return (long) sum;
    }

    private static EncodedExamples withHigh(EncodedExamples rows) {
        float[] high = new float[ROWS];
        for (int row = 0; row < ROWS; row++) {
            high[row] = rows.label("value")[row] > 1 ? 1 : 0;
        }
        EncodedExamplesBuilder builder = PlantedExamples.features(rows)
                .label("click", rows.label("click"))
                .label("high", high);
        long[] hashes = new long[ROWS];
        Arrays.setAll(hashes, rows::rowHash);
        return builder.rowHashes(hashes).build();
    }

    private static ModelSpecification specification(
            Paradigm paradigm, int experts, DataTemplate data, List<OptimizationEvent> events) {
        Architecture architecture = new Architecture(
                        paradigm, 8, 0, List.of(16), List.of(new Interaction.Dot()), List.of(32, 16))
                .withExperts(experts);
        NetworkSpecification network =
                new NetworkSpecification(architecture, PlantedExamples.ALL, 5, SequencePooling.MEAN, events);
        return new ModelSpecification(network, data, new TrainingTemplate(2, 128, 0.05, 0.003, 0.1, 0.1, 0.01, 0), "0");
    }
}
