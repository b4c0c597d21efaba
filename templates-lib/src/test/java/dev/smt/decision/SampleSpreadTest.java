package dev.smt.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleSpreadTest {
    @Test
    void isThatOfAHandWorkedExample() {
        // Means 1 and 3, of variance 2; between the samples (0 - 2)^2 / 2 = 2 and 0, on average 1.
        SampleSpread spread = SampleSpread.of(List.<double[][]>of(new double[][] {{0, 2}, {3, 3}}));

        assertThat(spread.sample()).isEqualTo(1);
        assertThat(spread.models()).isEqualTo(2 - 0.5);
        assertThat(spread.modelsDominate()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0.5, true", "0.5, 0.1, false", "0.3, 0, false", "0, 0.3, true"})
    void findsThePlantedVariances(double sampleDeviation, double modelDeviation, boolean dominated) {
        Random random = new Random(3);
        List<double[][]> techniques = IntStream.range(0, 50)
                .mapToObj(technique -> IntStream.range(0, 40)
                        .mapToObj(model -> {
                            double expected = technique + modelDeviation * random.nextGaussian();
                            return new double[] {
                                expected + sampleDeviation * random.nextGaussian(),
                                expected + sampleDeviation * random.nextGaussian()
                            };
                        })
                        .toArray(double[][]::new))
                .toList();

        SampleSpread spread = SampleSpread.of(techniques);

        assertThat(Math.sqrt(spread.sample())).isCloseTo(sampleDeviation, within(0.01));
        assertThat(spread.models()).isCloseTo(modelDeviation * modelDeviation, within(0.01));
        assertThat(spread.modelsDominate()).isEqualTo(dominated);
    }

    @Test
    void techniquesOfOneModelSayNothing() {
        double[][] one = {{1, 100}};
        double[][] two = {{1, 1}, {2, 2}};

        assertThat(SampleSpread.of(List.of(one, two)).sample()).isZero();
        assertThatThrownBy(() -> SampleSpread.of(List.<double[][]>of(one)))
                .hasMessage("no technique has two models with deltas on both samples");
    }
}
