package dev.smt.nn.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StoredRowsTest {
    private static final int ROWS = 2500;

    @Test
    void whatIsStoredMakesTheSameTableAgainBitForBit() {
        EmbeddingTable table = table();
        StoredRows stored = StoredRows.of(table, EmbeddingFormat.FP32, 0);
        EmbeddingTable again = untouched();
        stored.into(again);
        for (int row = 0; row < ROWS; row++) {
            assertThat(again.vector(row)).isEqualTo(table.vector(row));
            assertThat(again.firstOrder(row)).isEqualTo(table.firstOrder(row));
        }
    }

    @Test
    void onlyRowsThatTrainingMovedAreStoredHoweverManyWereLookedUp() {
        EmbeddingTable table = table();
        StoredRows before = StoredRows.of(table, EmbeddingFormat.FP32, 0);
        IntStream.range(0, ROWS).forEach(table::vector);
        assertThat(before.numbers()).containsExactly(3, 1024, 2000, 2499);
        assertThat(StoredRows.of(table, EmbeddingFormat.FP32, 0)).isEqualTo(before);
        assertThat(StoredRows.of(untouched(), EmbeddingFormat.INT8, 0).numbers())
                .isEmpty();
    }

    @Test
    void prunedAreFirstTheRowsThatTrainingNeverMovedTheLastOnesFirst() {
        EmbeddingTable table = table();
        EmbeddingTable served = untouched();
        // 5 of 2500: of 2495 to 2499 row 2499 moved, so 2494 to 2498 are pruned.
        StoredRows.of(table, EmbeddingFormat.FP32, 5.0 / ROWS).into(served);
        IntStream.rangeClosed(2494, 2498)
                .forEach(row -> assertThat(served.vector(row)).containsOnly(0));
        assertThat(served.vector(2493)).isEqualTo(table.vector(2493)).isNotEqualTo(new float[4]);
        assertThat(served.vector(2499)).containsExactly(4, 4, 4, 4);
    }

    @Test
    void thenThoseWithTheSmallestNorms() {
        EmbeddingTable table = table();
        EmbeddingTable served = untouched();
        StoredRows stored = StoredRows.of(table, EmbeddingFormat.FP32, (ROWS - 2.0) / ROWS);
        stored.into(served);
        assertThat(stored.numbers()).containsExactly(2000, 2499);
        assertThat(served.vector(2000)).containsExactly(3, 3, 3, 3);
        assertThat(served.vector(3)).containsOnly(0);
        assertThat(served.firstOrder(3)).isZero();
        assertThat(served.vector(1024)).containsOnly(0);
        assertThat(served.vector(17)).containsOnly(0);
    }

    @Test
    void aTableOfAnotherShapeIsRefused() {
        StoredRows stored = StoredRows.of(table(), EmbeddingFormat.FP32, 0);
        assertThatThrownBy(() -> stored.into(new EmbeddingTable(ROWS, 5, 0.1f, 1)))
                .hasMessage("stored are 2500 rows of width 4; the table has 2500 of width 5");
        assertThatThrownBy(() -> new StoredRows(10, 4, EmbeddingFormat.FP32, 10, new int[] {3, 3}, new byte[40]))
                .hasMessage("row number 1 is 3; allowed: 0 to 9, each above the one before");
        assertThatThrownBy(() -> new StoredRows(10, 4, EmbeddingFormat.FP32, 10, new int[] {3}, new byte[40]))
                .hasMessage("1 rows of width 4 in format FP32 are 40 bytes; expected 20");
    }

    /** Rows 3, 1024, 2000 and 2499 were moved to vectors of 1, 2, 3 and 4. */
    private static EmbeddingTable table() {
        EmbeddingTable table = untouched();
        int[] moved = {3, 1024, 2000, 2499};
        for (int i = 0; i < moved.length; i++) {
            float value = i + 1;
            table.set(moved[i], new float[] {value, value, value, value}, i == 0 ? 0.5f : 0);
        }
        return table;
    }

    private static EmbeddingTable untouched() {
        return new EmbeddingTable(ROWS, 4, 0.1f, 7);
    }
}
