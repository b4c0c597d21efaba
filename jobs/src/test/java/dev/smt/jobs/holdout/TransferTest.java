package dev.smt.jobs.holdout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.jobs.holdout.Transfer.Correlation;
import dev.smt.jobs.holdout.Transfer.Pair;
import dev.smt.jobs.table.RepresentativeRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TransferTest {
    /** Two clusters: r0 stands for h0 and h1, r1 for h2; m0 has no role. */
    private static final List<RepresentativeRow> ROLES = List.of(
            role("h0", 0, false, true),
            role("h1", 0, false, true),
            role("h2", 1, false, true),
            role("m0", 1, false, false),
            role("r0", 0, true, false),
            role("r1", 1, true, false));

    @Test
    void everyHoldoutModelIsPairedWithTheRepresentativeOfItsCluster() {
        Transfer transfer =
                Transfer.of(ROLES, Map.of("r0", 0.1, "r1", 0.4), Map.of("h0", 0.2, "h1", 0.0, "h2", 0.7, "m0", 9.0));
        assertThat(transfer.pairs())
                .containsExactly(new Pair(0, 0.1, 0.2), new Pair(0, 0.1, 0.0), new Pair(1, 0.4, 0.7));
        assertThat(transfer.clusters()).isEqualTo(2);
        assertThat(transfer.predictedMean()).hasValueCloseTo(0.2, within(1e-12));
        assertThat(transfer.realizedMean()).hasValueCloseTo(0.3, within(1e-12));
    }

    @Test
    void aModelThatFailedHasNoPairAndAClusterWithoutARepresentativeHasNone() {
        Transfer transfer = Transfer.of(ROLES, Map.of("r0", 0.1), Map.of("h1", 0.3, "h2", 0.7));
        assertThat(transfer.pairs()).containsExactly(new Pair(0, 0.1, 0.3));
        assertThat(Transfer.of(ROLES, Map.of(), Map.of("h1", 0.3)).predictedMean())
                .isEmpty();
    }

    @Test
    void severalRepresentativesOfAClusterForetellTheirMean() {
        List<RepresentativeRow> roles =
                List.of(role("h", 0, false, true), role("r", 0, true, false), role("s", 0, true, false));
        assertThat(Transfer.of(roles, Map.of("r", 0.1, "s", 0.5), Map.of("h", 1.0))
                        .pairs())
                .containsExactly(new Pair(0, 0.3, 1));
    }

    @Test
    void correlationAndFishersIntervalAreTheTextbooks() {
        // x 1 2 3 4 5, y 2 1 4 3 5: r = 8 / 10; atanh 0.8 = 1.098612, 1.959964 / sqrt 2 = 1.385904.
        Correlation correlation = transfer(new double[] {1, 2, 3, 4, 5}, new double[] {2, 1, 4, 3, 5})
                .correlation();
        assertThat(correlation.value()).hasValueCloseTo(0.8, within(1e-12));
        assertThat(correlation.low()).hasValueCloseTo(Math.tanh(1.0986122887 - 1.3859038243), within(1e-9));
        assertThat(correlation.high()).hasValueCloseTo(Math.tanh(1.0986122887 + 1.3859038243), within(1e-9));
    }

    @Test
    void threePairsHaveNoIntervalAndTwoNoCorrelation() {
        Correlation three =
                transfer(new double[] {1, 2, 3}, new double[] {1, 3, 2}).correlation();
        assertThat(three.value()).hasValueCloseTo(0.5, within(1e-12));
        assertThat(three.low()).isEmpty();
        assertThat(three.high()).isEmpty();
        assertThat(transfer(new double[] {1, 2}, new double[] {1, 2})
                        .correlation()
                        .value())
                .isEmpty();
    }

    @Test
    void aConstantSideHasNoCorrelation() {
        assertThat(transfer(new double[] {1, 1, 1, 1}, new double[] {1, 2, 3, 4})
                        .correlation()
                        .value())
                .isEmpty();
        assertThat(transfer(new double[] {1, 2, 3, 4}, new double[] {1, 1, 1, 1})
                        .correlation()
                        .value())
                .isEmpty();
    }

    @Test
    void aPerfectCorrelationStaysWithinOne() {
        Correlation perfect = transfer(new double[] {0.1, 0.2, 0.3, 0.7}, new double[] {-0.1, -0.2, -0.3, -0.7})
                .correlation();
        assertThat(perfect.value()).hasValueCloseTo(-1.0, within(1e-12));
        assertThat(perfect.low().orElseThrow()).isBetween(-1.0, -0.999);
        assertThat(perfect.high().orElseThrow()).isBetween(-1.0, -0.999);
    }

    @Test
    void theIntervalCoversThePlantedCorrelationInNinetyFiveOfAHundredFleets() {
        double planted = 0.6;
        Random random = new Random(7);
        int covered = 0;
        for (int fleet = 0; fleet < 1000; fleet++) {
            double[] x = new double[20];
            double[] y = new double[20];
            for (int i = 0; i < x.length; i++) {
                x[i] = random.nextGaussian();
                y[i] = planted * x[i] + Math.sqrt(1 - planted * planted) * random.nextGaussian();
            }
            Correlation found = transfer(x, y).correlation();
            covered += found.low().orElseThrow() <= planted
                            && planted <= found.high().orElseThrow()
                    ? 1
                    : 0;
        }
        assertThat(covered).isBetween(930, 970);
    }

    private static Transfer transfer(double[] predicted, double[] realized) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < predicted.length; i++) {
            pairs.add(new Pair(i, predicted[i], realized[i]));
        }
        return new Transfer(pairs);
    }

    private static RepresentativeRow role(String model, int cluster, boolean representative, boolean holdout) {
        return new RepresentativeRow("run", model, cluster, 0, representative, holdout, 0, 0);
    }
}
