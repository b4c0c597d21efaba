package dev.smt.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FocalLossTest {
    @Test
    void isEquation5() {
        FocalLoss loss = new FocalLoss(2, 3);
        double p = 1 / (1 + Math.exp(-0.7));

        assertThat(loss.of(0.7, 1)).isCloseTo(-3 * Math.pow(1 - p, 2) * Math.log(p), within(1e-12));
        assertThat(loss.of(0.7, 0)).isCloseTo(-Math.pow(p, 2) * Math.log(1 - p), within(1e-12));
        assertThat(loss.of(0.7, 0.25)).isCloseTo(0.25 * loss.of(0.7, 1) + 0.75 * loss.of(0.7, 0), within(1e-12));
    }

    @Test
    void withoutGammaAndWeightIsLogLossToTheLastBit() {
        FocalLoss loss = new FocalLoss(0, 1);

        assertThat(loss.of(1.3, 0.9)).isEqualTo(LogisticLoss.of(1.3, 0.9));
        assertThat(loss.derivative(1.3, 0.9)).isEqualTo(LogisticLoss.sigmoid(1.3) - 0.9);
        assertThat(loss.logOdds(1.3)).isEqualTo(1.3);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0, 4", "0.5, 1", "2, 0.5", "5, 10"})
    void derivativeEqualsTheDifferences(double gamma, double weight) {
        FocalLoss loss = new FocalLoss(gamma, weight);
        for (double logit = -6; logit <= 6; logit += 0.37) {
            for (double target : new double[] {0, 0.1, 0.5, 1}) {
                double difference = (loss.of(logit + 1e-5, target) - loss.of(logit - 1e-5, target)) / 2e-5;
                assertThat(loss.derivative(logit, target)).isCloseTo(difference, within(1e-7));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0, 4", "0.5, 1", "2, 0.5", "5, 10"})
    void logOddsAreThoseOfTheLabelWhereTheExpectedLossIsSmallest(double gamma, double weight) {
        FocalLoss loss = new FocalLoss(gamma, weight);
        for (double odds = -9; odds <= 9; odds += 0.71) {
            double eta = 1 / (1 + Math.exp(-odds));
            double low = -100;
            double high = 100;
            for (int halving = 0; halving < 100; halving++) {
                double middle = (low + high) / 2;
                double slope = eta * loss.derivative(middle, 1) + (1 - eta) * loss.derivative(middle, 0);
                low = slope < 0 ? middle : low;
                high = slope < 0 ? high : middle;
            }
            assertThat(loss.logOdds(low)).isCloseTo(odds, within(1e-6));
        }
    }

    @Test
    void nothingOverflows() {
        FocalLoss loss = new FocalLoss(2, 3);

        assertThat(loss.of(1000, 0)).isEqualTo(1000);
        assertThat(loss.of(-1000, 1)).isEqualTo(3000);
        assertThat(loss.of(1000, 1)).isZero();
        assertThat(loss.derivative(1000, 0)).isEqualTo(1);
        assertThat(loss.derivative(-1000, 0)).isZero();
        assertThat(loss.logOdds(1000)).isCloseTo(3000 - Math.log(3) - Math.log(3), within(1e-9));
        assertThat(loss.logOdds(40.0001)).isCloseTo(loss.logOdds(39.9999), within(1e-3));
        assertThat(loss.logOdds(-40.0001)).isCloseTo(loss.logOdds(-39.9999), within(1e-3));
    }
}
