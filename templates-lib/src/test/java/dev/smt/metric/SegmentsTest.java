package dev.smt.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SegmentsTest {
    @Test
    void theIdsWithMostTrainingRowsComeFirstAndTiesByIds() {
        Segments segments = Segments.largest("tab", new int[] {3, 1, 1, 0, 3, 2}, 6);

        assertThat(segments.feature()).isEqualTo("tab");
        assertThat(segments.ids()).containsExactly(1, 3, 0, 2);
        assertThat(segments.count()).isEqualTo(5);
        assertThat(segments.of(3)).isEqualTo(1);
        assertThat(segments.id(1)).isEqualTo(3);
        assertThat(segments.of(5)).as("in no training row").isEqualTo(4);
        assertThat(segments.id(4)).isEqualTo(Segments.OTHER);
    }

    @Test
    void atMostFiftyIdsHaveASegmentOfTheirOwn() {
        // Id i is in i training rows.
        int[] training = IntStream.range(0, 200)
                .flatMap(id -> IntStream.generate(() -> id).limit(id))
                .toArray();
        Segments segments = Segments.largest("user", training, 1000);

        assertThat(segments.count()).isEqualTo(51);
        assertThat(segments.ids())
                .containsExactlyElementsOf(IntStream.range(0, 50)
                        .mapToObj(segment -> 199 - segment)
                        .toList());
        assertThat(segments.of(149)).as("the 51st").isEqualTo(50);
        assertThat(segments.of(999)).isEqualTo(50);
    }

    @Test
    void rowsAreEvaluatedBesideTheConstantThatTheyAreGiven() {
        EvaluatedRows rows = new EvaluatedRows();
        rows.add(7, 1, 2, 0.9, 0.1);
        rows.add(7, 0, 1, 0.6, 0.9);
        rows.add(9, 0, 3, 0.3, 0.2);
        Evaluation evaluation = rows.evaluation(0.5, true);

        assertThat(rows.count()).isEqualTo(3);
        assertThat(evaluation.logLoss()).isCloseTo(0.4, within(1e-15));
        assertThat(evaluation.normalizedEntropy()).isCloseTo(0.8, within(1e-15));
        assertThat(evaluation.auc()).isEqualTo(0.5);
        assertThat(evaluation.calibration()).isCloseTo(1.8, within(1e-15));
        assertThat(evaluation.positives()).isEqualTo(1);
        assertThat(evaluation.losses().rows(7)).isEqualTo(2);
        assertThat(evaluation.losses().loss(9)).isEqualTo(0.2);
        assertThat(rows.evaluation(0, true).normalizedEntropy())
                .as("one class in training")
                .isNaN();
        assertThat(rows.evaluation(0.5, false).auc()).isNaN();
        assertThat(rows.evaluation(0.5, false).positives()).isZero();
    }

    @Test
    void aSegmentWithoutRowsHasNoEvaluation() {
        Evaluation empty = new EvaluatedRows().evaluation(0.5, true);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SegmentEvaluation("tab", 4, empty))
                .withMessageStartingWith("the segment 4 of tab has no rows");
    }
}
