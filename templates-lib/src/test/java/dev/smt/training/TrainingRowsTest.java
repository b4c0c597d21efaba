package dev.smt.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.smt.data.DataTemplate;
import dev.smt.data.EncodedExamples;
import dev.smt.fleet.OptimizationEvent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TrainingRowsTest {
    private static final int ROWS = 10_000;

    /** Every fourth row is positive; one row per second. */
    private final EncodedExamples examples = examples(
            IntStream.range(0, ROWS).mapToObj(row -> row % 4 == 0 ? 1f : 0f).toArray(Float[]::new));

    @Test
    void keepsAllPositivesAndAShareOfTheNegativesChosenByHash() {
        TrainingRows rows = rows(examples, DataTemplate.PLAIN.withNegativeRate(0.3));
        BinaryLoss losses = losses(examples, DataTemplate.PLAIN.withNegativeRate(0.3));
        TrainingRows again = rows(examples, DataTemplate.PLAIN.withNegativeRate(0.3));

        assertThat(rows.count()).isBetween(2500 + 2100, 2500 + 2400);
        assertThat(losses.baseRate()).isEqualTo(0.25);
        assertThat(losses.keptRate()).isCloseTo(2500.0 / rows.count(), within(1e-9));
        for (int row = 0; row < ROWS; row++) {
            assertThat(rows.kept(row)).isEqualTo(again.kept(row));
            assertThat(rows.kept(row) || row % 4 != 0).isTrue();
        }
    }

    @Test
    void halvesTheWeightAfterEachHalfLifeAndKeepsTheMeanAtOne() {
        TrainingRows rows =
                rows(examples, DataTemplate.PLAIN.withNegativeRate(0.5).withRecencyHalfLife(0.25));

        assertThat(rows.weight(0, 0) / rows.weight(0, ROWS - 1)).isCloseTo(1 / 16f, within(1e-5f));
        double sum = IntStream.range(0, ROWS)
                .filter(rows::kept)
                .mapToDouble(row -> rows.weight(0, row))
                .sum();
        assertThat(sum / rows.count()).isCloseTo(1, within(1e-5));
    }

    @Test
    void weighsAllTheSameWithoutHalfLife() {
        TrainingRows rows = rows(examples, DataTemplate.PLAIN);

        assertThat(rows.count()).isEqualTo(ROWS);
        assertThat(rows.weight(0, 0)).isEqualTo(1);
        assertThat(rows.weight(0, ROWS - 1)).isEqualTo(1);
    }

    @Test
    void refusesOneClassAndOtherLabels() {
        assertThatThrownBy(() -> losses(examples(1f, 1f), DataTemplate.PLAIN))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("label click has one class only: 2 positive and 0 negative rows");
        assertThatThrownBy(() -> rows(examples(0f, 0.5f), DataTemplate.PLAIN))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("label click is 0.5 in row 1; allowed: 0 or 1");
    }

    @Test
    void orderIsAPermutationThatDroppedRowsDoNotDisturb() {
        TrainingRows all = rows(examples, DataTemplate.PLAIN);
        TrainingRows some = rows(examples, DataTemplate.PLAIN.withNegativeRate(0.3));

        int[] first = new RowOrder(7, ROWS, all).epoch(0);
        int[] second = new RowOrder(7, ROWS, all).epoch(1);

        assertThat(Arrays.stream(first).sorted().toArray())
                .isEqualTo(IntStream.range(0, ROWS).toArray());
        assertThat(second).isNotEqualTo(first);
        assertThat(new RowOrder(8, ROWS, all).epoch(0)).isNotEqualTo(first);
        assertThat(new RowOrder(7, ROWS, some).epoch(0))
                .isEqualTo(Arrays.stream(first).filter(some::kept).toArray());
    }

    @Test
    void holdsOutTheLastRowsInTimeAndLearnsFromTheOthers() {
        long[] times = LongStream.range(0, ROWS).map(row -> 7919 * row % ROWS).toArray();
        float[] labels = examples.label("click");
        EncodedExamples shuffled = EncodedExamples.builder(ROWS)
                .label("click", labels)
                .rowHashes(LongStream.range(0, ROWS).toArray())
                .times(times)
                .build();
        HeldOutRows heldOut = HeldOutRows.of(shuffled, new HeldOutTemplate(0.2, 5, 1, 0.1));
        DataTemplate data = DataTemplate.PLAIN.withNegativeRate(0.3);
        TrainingRows rows = TrainingRows.of(shuffled, events(shuffled, data), data, heldOut);

        assertThat(Arrays.stream(heldOut.validation()).mapToLong(row -> times[row]))
                .containsExactlyElementsOf(LongStream.range(7000, 9000).boxed().toList());
        assertThat(Arrays.stream(heldOut.calibration()).mapToLong(row -> times[row]))
                .containsExactlyElementsOf(
                        LongStream.range(9000, 10_000).boxed().toList());
        for (int row = 0; row < ROWS; row++) {
            assertThat(heldOut.trains(row)).isEqualTo(times[row] < 7000);
            assertThat(rows.kept(row) && times[row] >= 7000).isFalse();
        }
        assertThat(new RowOrder(7, ROWS, rows).epoch(0))
                .isEqualTo(Arrays.stream(new RowOrder(7, ROWS, rows(shuffled, DataTemplate.PLAIN)).epoch(0))
                        .filter(rows::kept)
                        .toArray());
        BinaryLoss loss =
                (BinaryLoss) EventLosses.of(events(shuffled, data), rows, data, PlantedExamples.training(1, 1))
                        .get(0);
        assertThat(loss.baseRate()).isEqualTo(0.25);
    }

    @Test
    void ofEqualTimesTheLastOfTheFileAreHeldOut() {
        EncodedExamples still = EncodedExamples.builder(10).build();

        HeldOutRows heldOut = HeldOutRows.of(still, new HeldOutTemplate(0.2, 5, 1, 0.1));

        assertThat(heldOut.validation()).containsExactly(7, 8);
        assertThat(heldOut.calibration()).containsExactly(9);
    }

    private static List<EventRows> events(EncodedExamples examples, DataTemplate template) {
        return List.of(EventRows.training(examples, OptimizationEvent.binary("click"), template));
    }

    private static TrainingRows rows(EncodedExamples examples, DataTemplate template) {
        return TrainingRows.of(
                examples, events(examples, template), template, HeldOutRows.of(examples, HeldOutTemplate.DEFAULT));
    }

    private static BinaryLoss losses(EncodedExamples examples, DataTemplate template) {
        return (BinaryLoss) EventLosses.of(
                        events(examples, template), rows(examples, template), template, PlantedExamples.training(1, 1))
                .get(0);
    }

    private static EncodedExamples examples(Float... labels) {
        float[] values = new float[labels.length];
        for (int row = 0; row < values.length; row++) {
            values[row] = labels[row];
        }
        return EncodedExamples.builder(values.length)
                .label("click", values)
                .rowHashes(LongStream.range(0, values.length).toArray())
                .times(LongStream.range(0, values.length).map(row -> 1000 * row).toArray())
                .build();
    }
}
