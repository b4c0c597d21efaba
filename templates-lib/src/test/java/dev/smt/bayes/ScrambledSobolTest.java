package dev.smt.bayes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScrambledSobolTest {
    @Test
    void everySixteenthOfEveryCoordinateGetsOneOfSixteenPoints() {
        ScrambledSobol sobol = new ScrambledSobol(8, new int[] {1, 2});
        for (int coordinate = 0; coordinate < 8; coordinate++) {
            int at = coordinate;
            assertThat(IntStream.range(0, 16).map(index -> (int) (16 * sobol.point(index)[at])))
                    .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        }
    }

    @Test
    void isAFunctionOfSeedAndIndex() {
        ScrambledSobol sobol = new ScrambledSobol(3, new int[] {1, 2});
        double[] seventh = sobol.point(7);
        sobol.point(0);

        assertThat(sobol.point(7)).containsExactly(seventh);
        assertThat(new ScrambledSobol(3, new int[] {1, 2}).point(7)).containsExactly(seventh);
        assertThat(new ScrambledSobol(3, new int[] {1, 3}).point(7)).isNotEqualTo(seventh);
    }
}
