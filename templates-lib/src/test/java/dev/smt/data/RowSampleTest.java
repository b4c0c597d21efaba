package dev.smt.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.Feature.VectorColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureType;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowSampleTest {
    private static final int ROWS = 10_007;
    private static final Feature ID = new Feature("row", FeatureType.ID, FeatureSide.ITEM, new IdColumn(ROWS));
    private static final Feature SEQUENCE =
            new Feature("seen", FeatureType.EVENT, FeatureSide.USER, new SequenceColumn(ROWS, 2));
    private static final Feature VECTOR =
            new Feature("text", FeatureType.EMBEDDING, FeatureSide.ITEM, new VectorColumn(2));

    private final EncodedExamples examples = examples();

    @ParameterizedTest
    @ValueSource(doubles = {0.0625, 0.1, 1 / 3.0, 0.5, 0.9})
    void hasItsShareOfTheRowsAndOfThePositivesOverTheWholePeriod(double share) {
        int[] rows = new RowSample(share, 0).rows(examples);

        assertThat((double) rows.length).isCloseTo(share * ROWS, within(1.0));
        assertThat(rows).isSorted().doesNotHaveDuplicates();
        // A stratum is rounded to a whole row: 16 periods x 4 combinations of labels.
        assertThat(positives(rows, "click")).isCloseTo(share * positives(all(), "click"), within(32.0));
        assertThat(positives(rows, "buy")).isCloseTo(share * positives(all(), "buy"), within(32.0));
        for (int half = 0; half < 2; half++) {
            int from = half * ROWS / 2;
            int to = (half + 1) * ROWS / 2;
            assertThat((double) Arrays.stream(rows)
                            .filter(row -> row >= from && row < to)
                            .count())
                    .isCloseTo(share * (to - from), within(5.0));
        }
    }

    @Test
    void partsShareNoRowAndTogetherAreAll() {
        int[] together = IntStream.range(0, 4)
                .flatMap(part -> Arrays.stream(new RowSample(0.25, part).rows(examples)))
                .sorted()
                .toArray();

        assertThat(together).isEqualTo(all());
    }

    @Test
    void followsFromTheRowsContentNotFromItsOrderWithinAStratum() {
        int[] first = new RowSample(0.25, 0).rows(examples);
        int[] second = new RowSample(0.25, 0).rows(examples());

        assertThat(second).isEqualTo(first);
        // Not every fourth row, nor the first quarter.
        assertThat(IntStream.range(1, first.length)
                        .map(i -> first[i] - first[i - 1])
                        .distinct()
                        .count())
                .isGreaterThan(10);
    }

    @Test
    void allColumnsAreThoseOfTheChosenRows() {
        int[] rows = new RowSample(0.1, 3).rows(examples);
        EncodedExamples sample = new RowSample(0.1, 3).of(examples);

        assertThat(sample.rows()).isEqualTo(rows.length);
        assertThat(sample.ids("row")).isEqualTo(rows);
        for (int i = 0; i < rows.length; i++) {
            assertThat(sample.time(i)).isEqualTo(examples.time(rows[i]));
            assertThat(sample.rowHash(i)).isEqualTo(examples.rowHash(rows[i]));
            assertThat(sample.bucket(i)).isEqualTo(examples.bucket(rows[i]));
            assertThat(sample.label("click")[i]).isEqualTo(examples.label("click")[rows[i]]);
            assertThat(sample.vectors("text")[2 * i + 1]).isEqualTo(rows[i] + 0.5f);
            int from = sample.sequences("seen").offsets()[i];
            assertThat(sample.sequences("seen").offsets()[i + 1] - from).isEqualTo(rows[i] % 3);
            if (rows[i] % 3 > 0) {
                assertThat(sample.sequences("seen").values()[from]).isEqualTo(rows[i]);
            }
        }
    }

    @Test
    void allRowsAreTheExamplesThemselves() {
        assertThat(RowSample.ALL.of(examples)).isSameAs(examples);
    }

    @Test
    void refusesWhatIsNoShare() {
        assertThatThrownBy(() -> new RowSample(0.5, 2))
                .hasMessage(
                        "part 2 of 0.5 of the rows; allowed: a share above 0 to 1, and parts from 0 as long as there"
                                + " are rows");
        assertThatThrownBy(() -> new RowSample(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RowSample(Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private double positives(int[] rows, String label) {
        return Arrays.stream(rows)
                .mapToDouble(row -> examples.label(label)[row])
                .sum();
    }

    private static int[] all() {
        return IntStream.range(0, ROWS).toArray();
    }

    private static EncodedExamples examples() {
        Random random = new Random(5);
        float[] click = new float[ROWS];
        float[] buy = new float[ROWS];
        float[] vectors = new float[2 * ROWS];
        int[] offsets = new int[ROWS + 1];
        byte[] buckets = new byte[ROWS];
        long[] hashes = new long[ROWS];
        long[] times = new long[ROWS];
        random.nextBytes(buckets);
        int[] seen = new int[2 * ROWS];
        for (int row = 0; row < ROWS; row++) {
            click[row] = random.nextInt(10) == 0 ? 1 : 0;
            buy[row] = random.nextInt(100) == 0 ? 1 : 0;
            vectors[2 * row + 1] = row + 0.5f;
            offsets[row + 1] = offsets[row] + row % 3;
            Arrays.fill(seen, offsets[row], offsets[row + 1], row);
            hashes[row] = random.nextLong();
            times[row] = 1000L * row;
        }
        return EncodedExamples.builder(ROWS)
                .ids(ID, all())
                .sequences(SEQUENCE, offsets, Arrays.copyOf(seen, offsets[ROWS]))
                .vectors(VECTOR, vectors)
                .label("click", click)
                .label("buy", buy)
                .buckets(buckets)
                .rowHashes(hashes)
                .times(times)
                .build();
    }
}
