package dev.smt.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class LooksTest {
    private static final NormalDistribution NORMAL = new NormalDistribution();

    /** Jennison and Turnbull (2000), Tables 2.1 and 2.3: constants of two-sided tests with an error of 0.1. */
    @Test
    void theBoundariesAreThoseOfTheBooks() {
        assertThat(SequentialTest.crossing(Collections.nCopies(2, 1.875))).isCloseTo(0.05, within(2e-4));
        assertThat(SequentialTest.crossing(Collections.nCopies(3, 1.992))).isCloseTo(0.05, within(2e-4));
        assertThat(SequentialTest.crossing(Collections.nCopies(5, 2.122))).isCloseTo(0.05, within(2e-4));
        assertThat(SequentialTest.crossing(List.of(1.678 * Math.sqrt(2), 1.678)))
                .isCloseTo(0.05, within(2e-4));
        assertThat(z(2, 2)).isCloseTo(1.678, within(1e-3));
        assertThat(z(1, 2)).isCloseTo(1.678 * Math.sqrt(2), within(2e-3));
        assertThat(z(3, 3)).isCloseTo(1.710, within(2e-3));
        assertThat(z(5, 5)).isCloseTo(1.751, within(4e-3));
    }

    private static double z(int look, int most) {
        return NORMAL.inverseCumulativeProbability(Looks.each(most, 0.95).certainty(look));
    }

    @Test
    void oneLookIsAsSureAsAsked() {
        for (Looks looks : List.of(Looks.once(0.9), Looks.each(1, 0.9), Looks.each(0, 0.9))) {
            assertThat(looks.replicates()).containsExactly(0.9);
            assertThat(looks.certainty(0)).isEqualTo(0.9);
            assertThat(looks.certainty(1)).isEqualTo(0.9);
            assertThat(looks.certainty(7)).isEqualTo(0.9);
        }
    }

    @Test
    void laterLooksNeedLessAndMoreLooksNeedMore() {
        double last = 0.95;
        for (int most : new int[] {2, 3, 5, 8, 16, 60}) {
            Looks looks = Looks.each(most, 0.95);
            assertThat(looks.replicates()).hasSize(most).isSortedAccordingTo((a, b) -> Double.compare(b, a));
            assertThat(looks.certainty(most)).isGreaterThan(last);
            last = looks.certainty(most);
            assertThat(looks.certainty(1)).isLessThanOrEqualTo(0.9995);
        }
        assertThat(last).isLessThan(0.975);
    }

    @Test
    void theErrorOfAllLooksTogetherIsWhatWasAllowed() {
        for (double sure : new double[] {0.8, 0.95, 0.995}) {
            for (int most : new int[] {2, 3, 5, 12}) {
                List<Double> boundary = Looks.each(most, sure).replicates().stream()
                        .map(NORMAL::inverseCumulativeProbability)
                        .toList();
                assertThat(SequentialTest.crossing(boundary)).isCloseTo(1 - sure, within(1e-5));
            }
        }
    }

    @Test
    void impossibleCertaintiesAreRefused() {
        assertThatThrownBy(() -> new Looks(0.95, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Looks(0.95, List.of(0.5))).hasMessageContaining("0.5");
        assertThatThrownBy(() -> new Looks(1, List.of(0.9))).hasMessageContaining("1.0");
    }
}
