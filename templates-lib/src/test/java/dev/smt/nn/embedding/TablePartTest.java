package dev.smt.nn.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TablePartTest {
    private static final int ROWS = 2_500;
    private static final int WIDTH = 12;

    private static EmbeddingTable table(TablePart part, EmbeddingOptimizer.Kind optimizer) {
        return new EmbeddingTable(part, 0.1f, 5, optimizer.create(0));
    }

    private static EmbeddingTable table(TablePart part) {
        return table(part, EmbeddingOptimizer.Kind.ROW_WISE_ADAGRAD);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 6, 12})
    void columnShardsSideBySideAreTheWholeTableToTheLastBit(int shards) {
        EmbeddingTable whole = new EmbeddingTable(ROWS, WIDTH, 0.1f, 5);
        for (int shard = 0; shard < shards; shard++) {
            EmbeddingTable part = table(TablePart.columns(ROWS, WIDTH, shard, shards));
            int from = shard * (WIDTH / shards);
            for (int row : new int[] {0, 1, 1023, 1024, 2_499}) {
                assertThat(part.vector(row))
                        .isEqualTo(Arrays.copyOfRange(whole.vector(row), from, from + WIDTH / shards));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,0", "2,1", "3,2", "7,3"})
    void rowShardsAreEveryNthRowOfTheWholeTable(int shards, int shard) {
        EmbeddingTable whole = new EmbeddingTable(ROWS, WIDTH, 0.1f, 5);
        EmbeddingTable part = table(TablePart.rows(ROWS, WIDTH, shard, shards));

        for (int row = 0; row < part.rows(); row++) {
            assertThat(part.vector(row)).isEqualTo(whole.vector(shard + row * shards));
        }
        assertThat(shard + (part.rows() - 1) * shards).isBetween(ROWS - shards, ROWS - 1);
    }

    @Test
    void shardsThatDontDivideTheWidthAreRefused() {
        assertThatThrownBy(() -> TablePart.columns(ROWS, WIDTH, 0, 5))
                .hasMessageContaining("width 12 in 5 column shards");
    }

    /** The semantics of row-wise AdaGrad over column shards: each normalizes by its own columns' squares. */
    @Test
    void columnShardsMoveAsIndependentTablesOfTheirWidth() {
        Random random = new Random(1);
        EmbeddingTable whole = new EmbeddingTable(10, 4, 0.1f, 5);
        EmbeddingTable left = table(TablePart.columns(10, 4, 0, 2));
        EmbeddingTable right = table(TablePart.columns(10, 4, 1, 2));
        float[] expected = whole.vector(3);
        double[] squares = new double[2];
        for (int step = 0; step < 5; step++) {
            float[] g = {random.nextFloat(), random.nextFloat(), 10 * random.nextFloat(), 10 * random.nextFloat()};
            whole.update(whole.place(3), new float[] {g[0], g[1], g[2], g[3], 0}, 0, 0.1f);
            left.update(left.place(3), new float[] {g[0], g[1], 0}, 0, 0.1f);
            right.update(right.place(3), new float[] {g[2], g[3], 0}, 0, 0.1f);
            for (int shard = 0; shard < 2; shard++) {
                double a = g[2 * shard];
                double b = g[2 * shard + 1];
                squares[shard] += (a * a + b * b) / 2;
                expected[2 * shard] -= (float) (0.1 * a / Math.sqrt(squares[shard]));
                expected[2 * shard + 1] -= (float) (0.1 * b / Math.sqrt(squares[shard]));
            }
        }
        for (int d = 0; d < 4; d++) {
            float moved = d < 2 ? left.vector(3)[d] : right.vector(3)[d - 2];
            assertThat(moved).isCloseTo(expected[d], org.assertj.core.api.Assertions.within(1e-5f));
            // One table would have one sum of squares for all four columns.
            assertThat(Math.abs(moved - whole.vector(3)[d])).isGreaterThan(0.01f);
        }
    }

    /** Where the state is per element, sharding changes nothing. */
    @ParameterizedTest
    @EnumSource(
            value = EmbeddingOptimizer.Kind.class,
            names = {"ADAGRAD", "SGD"})
    void elementWiseOptimizersMoveColumnShardsAsTheWholeTable(EmbeddingOptimizer.Kind optimizer) {
        EmbeddingTable whole = table(TablePart.whole(10, 4), optimizer);
        EmbeddingTable right = table(TablePart.columns(10, 4, 1, 2), optimizer);
        for (int step = 0; step < 3; step++) {
            whole.update(whole.place(3), new float[] {1, 2, 3, 4, 0}, 0, 0.1f);
            right.update(right.place(3), new float[] {3, 4, 0}, 0, 0.1f);
        }

        assertThat(right.vector(3)).isEqualTo(Arrays.copyOfRange(whole.vector(3), 2, 4));
        assertThat(right.firstOrder(3)).isZero();
    }

    @Test
    void partsCopyTheirRowsToTheirPlaces() {
        EmbeddingTable whole = new EmbeddingTable(10, 4, 0.1f, 5);
        EmbeddingTable columns = table(TablePart.columns(10, 4, 1, 2));
        columns.set(3, new float[] {7, 8}, 9);
        columns.copyTo(whole);
        EmbeddingTable rows = table(TablePart.rows(10, 4, 1, 3));
        rows.set(2, new float[] {1, 2, 3, 4}, 5);
        rows.copyTo(whole);

        assertThat(Arrays.copyOfRange(whole.vector(3), 2, 4)).containsExactly(7, 8);
        assertThat(whole.firstOrder(3)).isZero();
        assertThat(whole.vector(7)).containsExactly(1, 2, 3, 4);
        assertThat(whole.firstOrder(7)).isEqualTo(5);
    }

    @Test
    void everyIdIsInExactlyOneRowShard() {
        for (var kind : dev.smt.nn.IdRepresentation.Kind.values()) {
            IdRows whole = new IdRows(50, kind, java.util.Optional.empty());
            for (int id = 0; id < 200; id++) {
                int first = 0;
                int second = 0;
                for (int shard = 0; shard < 3; shard++) {
                    IdRows part = whole.in(TablePart.rows(50, 4, shard, 3));
                    if (part.first(id) != IdRows.NONE) {
                        assertThat(part.first(id) * 3 + shard).isEqualTo(whole.first(id));
                        first++;
                    }
                    if (part.second(id) != IdRows.NONE) {
                        assertThat(part.second(id) * 3 + shard).isEqualTo(whole.second(id));
                        second++;
                    }
                }
                assertThat(first).isEqualTo(1);
                assertThat(second).isEqualTo(whole.second(id) == IdRows.NONE ? 0 : 1);
            }
        }
    }
}
