package dev.smt.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.smt.data.EncodedExamples;
import dev.smt.metric.Auc;
import dev.smt.metric.BucketedLoss;
import dev.smt.metric.Evaluation;
import dev.smt.metric.SegmentEvaluation;
import dev.smt.metric.Segments;
import dev.smt.nn.Paradigm;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SegmentEvaluatorTest {
    private static final EncodedExamples TRAIN = PlantedExamples.of(2000, 1);
    private static final EncodedExamples ROWS = PlantedExamples.of(1100, 2);

    private static TrainedModel model;

    @BeforeAll
    static void train() {
        model = new ModelTrainer()
                .train(PlantedExamples.specification(Paradigm.SPARSE_NN, PlantedExamples.training(1, 64)), TRAIN, 5);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void eachSegmentIsWhatItsRowsSayBesideItsOwnBaseRate() {
        List<SegmentEvaluation> segments = evaluate("noise");

        assertThat(segments).hasSize(10).allSatisfy(segment -> {
            assertThat(segment.feature()).isEqualTo("noise");
            int[] rows = rows(ROWS, segment.id());
            float[] predictions = picked(model.predict(ROWS), rows);
            float[] labels = picked(ROWS.label("click"), rows);
            float[] seen = picked(TRAIN.label("click"), rows(TRAIN, segment.id()));
            Evaluation evaluation = segment.evaluation();
            double loss = logLoss(predictions, labels);
            double rate = sum(seen) / seen.length;
            double entropy = -rate * Math.log(rate) - (1 - rate) * Math.log(1 - rate);

            assertThat(evaluation.rows()).isEqualTo(rows.length);
            assertThat(evaluation.positives()).isEqualTo((long) sum(labels));
            assertThat(evaluation.logLoss()).isCloseTo(loss, within(1e-6));
            assertThat(evaluation.normalizedEntropy()).isCloseTo(loss / entropy, within(1e-6));
            assertThat(evaluation.auc()).isCloseTo(Auc.of(predictions, labels), within(1e-3));
            assertThat(evaluation.calibration()).isCloseTo(sum(predictions) / sum(labels), within(1e-5));
        });
    }

    @Test
    void theSegmentsOfAFeatureHaveEveryRowOnce() {
        Evaluation whole = model.evaluate(ROWS);
        List<SegmentEvaluation> both = new SegmentEvaluator(TRAIN, List.of("ad", "noise")).evaluate(model, ROWS);

        for (String feature : List.of("ad", "noise")) {
            List<BucketedLoss> losses = both.stream()
                    .filter(segment -> segment.feature().equals(feature))
                    .map(segment -> segment.evaluation().losses())
                    .toList();
            for (int bucket = 0; bucket < BucketedLoss.BUCKETS; bucket++) {
                int at = bucket;
                assertThat(losses.stream().mapToLong(loss -> loss.rows(at)).sum())
                        .isEqualTo(whole.losses().rows(bucket));
                assertThat(losses.stream().mapToDouble(loss -> loss.loss(at)).sum())
                        .isCloseTo(whole.losses().loss(bucket), within(1e-9));
            }
        }
    }

    @Test
    void manyValuesAreFiftyAndTheRestTogether() {
        List<SegmentEvaluation> segments = evaluate("ad");

        assertThat(segments).hasSize(51);
        assertThat(segments.get(50).id()).isEqualTo(Segments.OTHER);
        assertThat(segments.get(50).evaluation().rows())
                .isEqualTo(ROWS.rows()
                        - segments.subList(0, 50).stream()
                                .mapToLong(segment -> segment.evaluation().rows())
                                .sum());
    }

    @Test
    void noFeaturesNoSegmentsAndOthersAreRefused() {
        assertThat(new SegmentEvaluator(TRAIN, List.of()).evaluate(model, ROWS)).isEmpty();
        assertThatThrownBy(() -> new SegmentEvaluator(TRAIN, List.of("age")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no id feature age; there are [user, ad, noise]");
    }

    private static List<SegmentEvaluation> evaluate(String feature) {
        return new SegmentEvaluator(TRAIN, List.of(feature)).evaluate(model, ROWS);
    }

    private static int[] rows(EncodedExamples examples, int id) {
        int[] ids = examples.ids("noise");
        return IntStream.range(0, ids.length).filter(row -> ids[row] == id).toArray();
    }

    private static float[] picked(float[] values, int[] rows) {
        float[] picked = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            picked[i] = values[rows[i]];
        }
        return picked;
    }

    private static double logLoss(float[] predictions, float[] labels) {
        double sum = 0;
        for (int row = 0; row < labels.length; row++) {
            sum -= Math.log(labels[row] == 1 ? predictions[row] : 1.0 - predictions[row]);
        }
        return sum / labels.length;
    }

    private static double sum(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).sum();
    }
}
