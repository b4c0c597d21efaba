package dev.smt.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SampleRatioTest {
    /** Kohavi, Tang, Xu 2020, chapter 3: 821,588 and 815,482 users, p = 1.8E-6. */
    @Test
    void theExampleOfTheTextbook() {
        SampleRatio ratio =
                of(Map.of("control", 821_588L, "treatment", 815_482L), Map.of("control", 1.0, "treatment", 1.0));
        assertThat(ratio.chiSquare()).isCloseTo(22.77436884189436, within(1e-9));
        assertThat(ratio.pValue()).isCloseTo(1.821792872619186e-06, within(1e-12));
        assertThat(ratio.mismatch()).isTrue();
    }

    @Test
    void unequalSharesThatWerePlannedAreNoMismatch() {
        Map<String, Long> units = Map.of("a", 900L, "b", 100L, "c", 1010L);
        assertThat(of(units, Map.of("a", 9.0, "b", 1.0, "c", 10.0)).pValue())
                .isCloseTo(0.9754312267756143, within(1e-9));
        assertThat(of(units, Map.of("a", 1.0, "b", 1.0, "c", 1.0)).mismatch()).isTrue();
    }

    @Test
    void refusesSharesOfOtherArms() {
        assertThatThrownBy(() -> of(Map.of("a", 1L, "b", 1L), Map.of("a", 1.0, "c", 1.0)))
                .hasMessageContaining("the same arms in both");
        assertThatThrownBy(() -> of(Map.of("a", 1L, "b", 1L), Map.of("a", 1.0, "b", 0.0)))
                .hasMessageContaining("numbers above 0");
    }

    private static SampleRatio of(Map<String, Long> units, Map<String, Double> shares) {
        return SampleRatio.of(new TreeMap<>(units), new TreeMap<>(shares));
    }
}
