package dev.smt.jobs.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class OracleSumsTest {
    private static final GenerateConfiguration CONFIGURATION = Worlds.configuration("rows = 20000");

    @Test
    void theOracleNeIsTheLossOfTheTrueProbabilitiesOverTheEntropyOfTheTrainingRows() {
        AdWorld world = new AdWorld(CONFIGURATION);
        long evaluationFrom = AdWorld.startMillis(CONFIGURATION) + 10 * AdWorld.MILLIS_PER_DAY;
        OracleSums sums = new OracleSums(CONFIGURATION);
        double[] train = new double[2];
        double[] evaluation = new double[2];
        Impression impression = world.newImpression();
        for (long row = 0; row < CONFIGURATION.rows(); row++) {
            world.fill(row, impression);
            sums.add(impression);
            if (impression.surface == 0 && impression.country == 1) {
                boolean late = impression.timeMillis >= evaluationFrom;
                double p = impression.probabilities[0];
                (late ? evaluation : train)[0]++;
                train[1] += late ? 0 : impression.labels[0];
                evaluation[1] -= late ? Math.log(impression.labels[0] == 1 ? p : 1 - p) : 0;
            }
        }
        double rate = train[1] / train[0];
        double entropy = -(rate * Math.log(rate) + (1 - rate) * Math.log(1 - rate));
        WorldTruth truth = new PlantedTruth(CONFIGURATION).with(sums.oracle(CONFIGURATION));
        assertThat(truth.oracleNe("feed-us", "click", 10, 10, 14))
                .isCloseTo(evaluation[1] / evaluation[0] / entropy, within(1e-5))
                .isBetween(0.6, 0.85);
        assertThatThrownBy(() -> truth.oracleNe("feed-xx", "click", 10, 10, 14))
                .hasMessage("no label click of pipeline feed-xx");
    }

    @Test
    void sumsOfPartsAreTheSumOfTheWhole() {
        AdWorld world = new AdWorld(CONFIGURATION);
        OracleSums whole = new OracleSums(CONFIGURATION);
        OracleSums first = new OracleSums(CONFIGURATION);
        OracleSums second = new OracleSums(CONFIGURATION);
        Impression impression = world.newImpression();
        for (long row = 0; row < 5000; row++) {
            world.fill(row, impression);
            whole.add(impression);
            (row % 3 == 0 ? first : second).add(impression);
        }
        assertThat(second.merge(first).oracle(CONFIGURATION)).isEqualTo(whole.oracle(CONFIGURATION));
    }
}
