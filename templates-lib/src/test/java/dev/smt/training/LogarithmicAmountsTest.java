package dev.smt.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.smt.data.DataTemplate;
import dev.smt.data.EncodedExamples;
import dev.smt.data.LabelTransform;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.nn.Architecture;
import dev.smt.nn.Interaction;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.Paradigm;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Amounts y with log-normal 1 + y, learned as ln(1 + y): their predictions are means. */
class LogarithmicAmountsTest {
    private static final int ROWS = 12_000;
    private static final double NOISE = 0.8;
    private static final EncodedExamples TRAIN = examples(1);
    private static final EncodedExamples TEST = examples(2);

    private static EncodedExamples examples(long seed) {
        EncodedExamples base = PlantedExamples.of(ROWS, seed);
        Random random = new Random(seed + 10);
        float[] logits = base.label("true logit");
        float[] value = new float[ROWS];
        float[] half = new float[ROWS];
        for (int row = 0; row < ROWS; row++) {
            value[row] = (float) Math.max(0, Math.exp(4 + 0.4 * logits[row] + NOISE * random.nextGaussian()) - 1);
            half[row] = row % 2;
        }
        long[] times = new long[ROWS];
        Arrays.setAll(times, base::time);
        return PlantedExamples.features(base)
                .label("click", base.label("click"))
                .label("value", value)
                .label("half", half)
                .times(times)
                .build();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.2})
    void areCalibratedOnRowsThatAreNotTrainedOn(double calibrationShare) {
        try (TrainedModel model = train("value:amount", calibrationShare);
                TrainedModel unsmeared = TrainedModel.of(model.specification(), withSmearing(model, 1))) {
            // The mean of a log-normal number is e^(0.8^2 / 2) = 1.38 times its median; what the model has not learned
            // is
            // noise too.
            assertThat(smearing(model)).isBetween(1.35, 1.7);
            assertThat(unsmeared.evaluate(TEST).calibration()).isLessThan(0.78);
            assertThat(model.evaluate(TEST).calibration()).isCloseTo(1, within(0.04));
            assertThat(model.evaluate(TEST).normalizedEntropy())
                    .isLessThan(unsmeared.evaluate(TEST).normalizedEntropy());
        }
    }

    /** Where the noise is the same everywhere, low and high predictions are true alike. */
    @Test
    void areCalibratedFromLowToHigh() {
        try (TrainedModel model = train("value:amount", 0)) {
            float[] predictions = model.predict(TEST);
            float[] labels = TEST.label("value");
            List<Integer> order = IntStream.range(0, ROWS)
                    .boxed()
                    .sorted(Comparator.comparing(row -> predictions[row]))
                    .toList();
            for (int quarter = 0; quarter < 4; quarter++) {
                double predicted = 0;
                double actual = 0;
                for (int row : order.subList(quarter * ROWS / 4, (quarter + 1) * ROWS / 4)) {
                    predicted += predictions[row];
                    actual += labels[row];
                }
                assertThat(predicted / actual).as("quarter %s", quarter).isCloseTo(1, within(0.12));
            }
        }
    }

    @Test
    void onlyRowsThatKnowTheAmountCount() {
        try (TrainedModel model = train("value:amount|half", 0)) {
            assertThat(smearing(model)).isBetween(1.35, 1.7);
            assertThat(model.evaluate(TEST).calibration()).isCloseTo(1, within(0.04));
        }
    }

    @Test
    void aModelOfBeforeSmearingPredictsAsItDid() {
        try (TrainedModel model = train("value:amount", 0);
                TrainedModel one = TrainedModel.of(model.specification(), withSmearing(model, 1));
                TrainedModel before = TrainedModel.of(model.specification(), withSmearing(model, Double.NaN));
                TrainedModel again = TrainedModel.of(model.specification(), model.state())) {
            assertThat(before.predict(TEST)).isEqualTo(one.predict(TEST)).isNotEqualTo(model.predict(TEST));
            assertThat(again.predict(TEST)).isEqualTo(model.predict(TEST));
            assertThatThrownBy(() -> TrainedModel.of(model.specification(), withSmearing(model, 0)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("event value:amount has smearing = 0.0; expected: above 0");
        }
    }

    @Test
    void theFactorIsTheRatioOfTheSums() {
        SmearingFit fit = new SmearingFit();
        assertThat(fit.factor()).isEqualTo(1);
        fit.add(5, 2);
        fit.add(0, 0);
        assertThat(fit.factor()).isCloseTo((6 + 1) / (3 + 1.0), within(1e-12));
        fit.add(1, Double.POSITIVE_INFINITY);
        assertThat(fit.factor()).isEqualTo(1);
    }

    private static double smearing(TrainedModel model) {
        return model.state().statistics().get(0).get("smearing");
    }

    /** The state with another factor; NaN: without one. */
    private static ModelState withSmearing(TrainedModel model, double factor) {
        ModelState state = model.state();
        SortedMap<String, Double> statistics = new TreeMap<>(state.statistics().get(0));
        statistics.remove("smearing");
        if (!Double.isNaN(factor)) {
            statistics.put("smearing", factor);
        }
        return new ModelState(
                state.seed(),
                state.steps(),
                state.examples(),
                state.trainSeconds(),
                state.dense(),
                state.tables(),
                List.of(statistics),
                state.fitted());
    }

    private static TrainedModel train(String event, double calibrationShare) {
        Architecture architecture = new Architecture(
                Paradigm.SPARSE_NN, 8, 0, List.of(16), List.of(new Interaction.Dot()), List.of(32, 16));
        NetworkSpecification network = new NetworkSpecification(
                architecture, PlantedExamples.ALL, 5, SequencePooling.MEAN, List.of(OptimizationEvent.parse(event)));
        DataTemplate data = DataTemplate.PLAIN.withLabelTransforms(List.of(new LabelTransform.Log1p("value")));
        TrainingTemplate training = PlantedExamples.training(2, 128)
                .withHeldOut(HeldOutTemplate.DEFAULT.withCalibrationShare(calibrationShare));
        return new ModelTrainer().train(new ModelSpecification(network, data, training, "0"), TRAIN, 1);
    }
}
