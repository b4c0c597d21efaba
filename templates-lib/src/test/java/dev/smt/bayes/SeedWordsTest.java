package dev.smt.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.junit.jupiter.api.Test;

class SeedWordsTest {
    @Test
    void theSameSeedGivesTheSameWords() {
        assertThat(SeedWords.of(1, 2, 3)).isEqualTo(SeedWords.of(1, 2, 3)).isNotEqualTo(SeedWords.of(1, 3, 2));
        assertThat(SeedWords.of(1)).isNotEqualTo(SeedWords.of(2)).isNotEqualTo(SeedWords.of(1, 0));
    }

    /** A search that spreads its candidates alike at every turn looks at the same places again and again. */
    @Test
    void theShiftsOfSuccessiveTurnsHaveNothingInCommon() {
        int turns = 400;
        double[] now = new double[turns];
        double[] next = new double[turns];
        for (int turn = 0; turn < turns; turn++) {
            now[turn] = new ScrambledSobol(1, SeedWords.of(7, 1, turn, 0)).point(0)[0];
            next[turn] = new ScrambledSobol(1, SeedWords.of(7, 1, turn + 1, 0)).point(0)[0];
        }
        assertThat(new PearsonsCorrelation().correlation(now, next)).isCloseTo(0, within(0.15));
        assertThat(Arrays.stream(now).average().orElseThrow()).isCloseTo(0.5, within(0.05));
    }
}
