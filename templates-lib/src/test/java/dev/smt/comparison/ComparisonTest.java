package dev.smt.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.smt.experiment.Interval;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two ways of working on the same models. Expected values: SciPy 1.10 (ttest_1samp, wilcoxon, fisher_exact, beta.ppf). */
class ComparisonTest {
    private static final double[] GAINS = {1.2, 0.4, -0.3, 2.1, 0.9, 0.05, 1.6, -0.7};

    @Test
    void aMeanHasStudentsIntervalAndBothTests() {
        MeanGain mean = MeanGain.of(GAINS);
        assertThat(mean.models()).isEqualTo(8);
        assertThat(mean.mean()).isCloseTo(0.65625, within(1e-12));
        Interval interval = mean.interval().orElseThrow();
        assertThat(interval.low()).isCloseTo(-0.15042432383260906, within(1e-6));
        assertThat(interval.high()).isCloseTo(1.462924323832609, within(1e-6));
        assertThat(mean.pValue().orElseThrow()).isCloseTo(0.09580922389948669, within(1e-6));
        assertThat(mean.rankPValue().orElseThrow()).isCloseTo(0.109375, within(1e-6));
    }

    @Test
    void aModelAloneHasNoIntervalAndNothingMovedHasNoRanks() {
        assertThat(MeanGain.of(new double[] {2}).interval()).isEmpty();
        MeanGain still = MeanGain.of(new double[3]);
        assertThat(still.interval()).contains(new Interval(0, 0));
        assertThat(still.pValue()).contains(1.0);
        assertThat(still.rankPValue()).isEmpty();
        assertThatThrownBy(() -> MeanGain.of(new double[] {Double.NaN}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("finite");
    }

    @Test
    void aShareHasTheExactInterval() {
        Share none = new Share(0, 20);
        assertThat(none.interval().low()).isZero();
        assertThat(none.interval().high()).isCloseTo(0.16843347098308536, within(1e-9));
        Share some = new Share(3, 20);
        assertThat(some.value()).isEqualTo(0.15);
        assertThat(some.interval().low()).isCloseTo(0.0320709371854637, within(1e-9));
        assertThat(some.interval().high()).isCloseTo(0.37892682654531396, within(1e-9));
        assertThat(new Share(20, 20).interval().high()).isEqualTo(1);
        assertThatThrownBy(() -> new Share(3, 2)).hasMessageContaining("3 in 2");
    }

    @Test
    void aRatioOfRatesIsThatOfTheSumsAndItsIntervalCoversTheTruth() {
        double[] a = IntStream.range(0, 60).mapToDouble(i -> i % 3).toArray();
        double[] b = IntStream.range(0, 60).mapToDouble(i -> i % 4 == 0 ? 1 : 0).toArray();
        RateRatio ratio = RateRatio.of(a, b, 100, 50, 1);
        assertThat(ratio.rateA()).isEqualTo(0.6);
        assertThat(ratio.rateB()).isEqualTo(0.3);
        assertThat(ratio.ratio().orElseThrow()).isCloseTo(2, within(1e-12));
        Interval interval = ratio.interval().orElseThrow();
        assertThat(interval.contains(2)).isTrue();
        // Log-normal approximation of the same interval: 1.25 to 3.2.
        assertThat(interval.low()).isBetween(1.1, 1.5);
        assertThat(interval.high()).isBetween(2.8, 3.9);
        assertThat(RateRatio.of(a, b, 100, 50, 1)).isEqualTo(ratio);
    }

    @Test
    void aWayThatAchievedNothingHasNoRatioButABound() {
        double[] nothing = new double[4];
        RateRatio ratio = RateRatio.of(new double[] {1, 1, 1, 1}, nothing, 10, 10, 1);
        assertThat(ratio.ratio()).isEmpty();
        assertThat(ratio.interval().orElseThrow().low()).isInfinite();
        assertThat(RateRatio.of(nothing, nothing, 10, 10, 1).interval()).isEmpty();
        assertThatThrownBy(() -> RateRatio.of(nothing, nothing, 0, 10, 1)).hasMessageContaining("above 0");
    }

    @Test
    void whatSomeModelsHaveInCommonComesFirst() {
        List<Map<String, String>> some = IntStream.range(0, 6)
                .mapToObj(i -> Map.of("stage", "retrieval", "hardware", i % 2 == 0 ? "cpu" : "gpu"))
                .toList();
        List<Map<String, String>> rest = IntStream.range(0, 20)
                .mapToObj(i -> Map.of("stage", i < 3 ? "retrieval" : "ranking", "hardware", i % 2 == 0 ? "cpu" : "gpu"))
                .toList();
        List<Contrast> contrasts = Contrast.between(some, rest);
        Contrast first = contrasts.get(0);
        assertThat(first.attribute() + " " + first.value()).isEqualTo("stage retrieval");
        assertThat(List.of(first.count(), first.of(), first.others(), first.ofOthers()))
                .isEqualTo(List.of(6, 6, 3, 20));
        // fisher_exact([[6, 0], [3, 17]], "greater") times 4 values.
        assertThat(first.pValue()).isCloseTo(4 * 0.0003648525387655822, within(1e-9));
        assertThat(contrasts).hasSize(4);
        assertThat(contrasts.get(3).pValue()).isEqualTo(1);
    }
}
