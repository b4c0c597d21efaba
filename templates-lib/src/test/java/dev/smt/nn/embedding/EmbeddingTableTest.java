package dev.smt.nn.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EmbeddingTableTest {
    @Test
    void initialRowsDoNotDependOnTheOrderOfUse() {
        EmbeddingTable forward = new EmbeddingTable(1000, 4, 0.1f, 3);
        EmbeddingTable backward = new EmbeddingTable(1000, 4, 0.1f, 3);
        EmbeddingTable otherSeed = new EmbeddingTable(1000, 4, 0.1f, 4);
        IntStream.range(0, 1000).forEach(forward::vector);

        for (int row = 999; row >= 0; row--) {
            assertThat(backward.vector(row)).isEqualTo(forward.vector(row));
            assertThat(otherSeed.vector(row)).isNotEqualTo(forward.vector(row));
        }
    }

    @Test
    void initialVectorsAreUniformAndFirstOrderWeightsZero() {
        EmbeddingTable table = new EmbeddingTable(2000, 8, 0.5f, 1);
        double sum = 0;
        double squares = 0;
        for (int row = 0; row < table.rows(); row++) {
            assertThat(table.firstOrder(row)).isZero();
            for (float value : table.vector(row)) {
                assertThat(value).isBetween(-0.5f, 0.5f);
                sum += value;
                squares += value * value;
            }
        }
        assertThat(sum / 16_000).isCloseTo(0, within(0.01));
        assertThat(squares / 16_000).isCloseTo(0.25 / 3, within(0.003));
    }

    @Test
    void memoryGrowsWithTheRowsUsedNotWithTheVocabulary() {
        EmbeddingTable table = new EmbeddingTable(Integer.MAX_VALUE, 16, 0.1f, 1);

        table.vector(0);
        table.vector(2_000_000_000);
        table.vector(Integer.MAX_VALUE - 1);

        assertThat(table.allocatedRows()).isLessThanOrEqualTo(3 * 2048);
    }

    @Test
    void idsBeyondTheTableAreHashedIntoItAndZeroStays() {
        EmbeddingTable table = new EmbeddingTable(10, 4, 0.1f, 1);
        int[] hits = new int[10];
        IntStream.range(10, 9010).forEach(id -> hits[table.rowOf(id)]++);

        assertThat(table.rowOf(0)).isZero();
        assertThat(table.rowOf(9)).isEqualTo(9);
        assertThat(hits[0]).isZero();
        assertThat(IntStream.range(1, 10).map(row -> hits[row]).min().orElseThrow())
                .isGreaterThan(850);
        assertThat(new EmbeddingTable(1, 4, 0.1f, 1).rowOf(77)).isZero();
    }

    @Test
    void aRowThatABatchHasTwiceMovesOnceByTheSum() {
        EmbeddingTable table = new EmbeddingTable(10, 2, 0.1f, 1);
        SparseGradient gradient = new SparseGradient(table);
        float[] g = {1, 2};
        for (int row : new int[] {4, 7, 4}) {
            gradient.add(gradient.slotOf(row), g, 0, 10, 0.5f);
        }

        assertThat(gradient.touched()).isEqualTo(2);
        assertThat(gradient.of(4)).containsExactly(1, 2, 10);
        assertThat(gradient.of(7)).containsExactly(0.5f, 1, 5);
        float[] untouched = table.vector(5);
        gradient.apply(0.1);
        assertThat(gradient.touched()).isZero();
        assertThat(table.vector(5)).isEqualTo(untouched);
    }
}
