package dev.smt.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CorrelationTest {
    private static final double[] X = {1, 2, 3, 4, 5, 6, 7};
    private static final double[] Y = {2, 1, 4, 3, 7, 5, 5};

    /** Expected values: Python by the formulas of the sources. */
    @Test
    void correlationsOfSevenPointsWithATie() {
        Correlation pearson = Correlation.pearson(X, Y, 0.95).orElseThrow();
        assertThat(pearson.value()).isCloseTo(0.7580980435789032, within(1e-12));
        assertThat(pearson.interval().low()).isCloseTo(0.011745138278367642, within(1e-6));
        assertThat(pearson.interval().high()).isCloseTo(0.9619733686006425, within(1e-6));
        Correlation spearman = Correlation.spearman(X, Y, 0.95).orElseThrow();
        assertThat(spearman.value()).isCloseTo(0.8108437164260031, within(1e-12));
        assertThat(spearman.interval().low()).isCloseTo(-0.00014495283467283327, within(1e-6));
        assertThat(spearman.interval().high()).isCloseTo(0.9784189798734317, within(1e-6));
    }

    @Test
    void threePointsOrAConstantHaveNoCorrelation() {
        assertThat(Correlation.pearson(new double[] {1, 2, 3}, new double[] {1, 2, 3}, 0.95))
                .isEmpty();
        assertThat(Correlation.spearman(X, new double[7], 0.95)).isEmpty();
    }

    @Test
    void ninetyFiveOfAHundredIntervalsContainTheTruth() {
        Random random = new Random(1);
        int covered = 0;
        for (int run = 0; run < 2000; run++) {
            double[] x = random.doubles(12).map(unused -> random.nextGaussian()).toArray();
            double[] y = new double[12];
            for (int i = 0; i < y.length; i++) {
                y[i] = 0.6 * x[i] + 0.8 * random.nextGaussian();
            }
            covered += Correlation.pearson(x, y, 0.95).orElseThrow().interval().contains(0.6) ? 1 : 0;
        }
        assertThat(covered / 2000.0).isBetween(0.935, 0.965);
    }
}
