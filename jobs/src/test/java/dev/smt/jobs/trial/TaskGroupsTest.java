package dev.smt.jobs.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskGroupsTest {
    private static final List<Long> HUNDRED = Collections.nCopies(100, 10L);

    private final TaskGroups groups = new TaskGroups();

    @Test
    void piecesThatWereNeverTimedStayAlone() {
        assertThat(groups.sizes(HUNDRED, 2)).hasSize(100).containsOnly(1);
    }

    @Test
    void longPiecesStayAlone() {
        took(60, 10, 0.25);
        assertThat(groups.sizes(HUNDRED, 2)).hasSize(100).containsOnly(1);
    }

    @Test
    void shortPiecesFillATaskOfAQuarterOfASecond() {
        took(60, 10, 0.049);
        assertThat(groups.sizes(HUNDRED, 2)).hasSize(20).containsOnly(5);
    }

    @Test
    void eachSlotHasFourTasksSoThatNoneIdles() {
        took(60, 10, 0.0001);
        assertThat(groups.sizes(HUNDRED, 2)).isEqualTo(List.of(12, 12, 12, 12, 12, 12, 12, 12, 4));
        assertThat(groups.sizes(HUNDRED, 50)).hasSize(100).containsOnly(1);
    }

    @Test
    void whatCostsMoreIsExpectedToTakeLonger() {
        took(60, 10, 0.05);
        assertThat(groups.sizes(List.of(100L, 20L, 20L, 10L, 10L, 10L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L), 1))
                .isEqualTo(List.of(1, 2, 4, 4, 4, 1));
    }

    @Test
    void newTimesCountMoreThanOldOnes() {
        took(200, 10, 5);
        took(400, 10, 0.01);
        assertThat(groups.sizes(HUNDRED, 2)).hasSizeLessThan(20);
    }

    @Test
    void everyPieceIsInOneGroup() {
        took(60, 3, 0.03);
        for (int size : IntStream.range(0, 50).toArray()) {
            List<Integer> sizes = groups.sizes(
                    IntStream.range(0, size).mapToObj(i -> (long) (size - i)).toList(), 1);
            assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(size);
            assertThat(sizes).allMatch(one -> one > 0);
        }
    }

    private void took(int times, long cost, double seconds) {
        IntStream.range(0, times).forEach(i -> groups.took(cost, seconds));
    }
}
