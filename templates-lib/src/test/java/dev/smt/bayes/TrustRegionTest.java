package dev.smt.bayes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.metric.FleetOutcome;
import dev.smt.search.ParameterValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrustRegionTest {
    private static final int DIMENSION = 12;

    @Test
    void startsWide() {
        assertThat(TrustRegion.length(DIMENSION, 2, results(0, 0))).isEqualTo(0.8);
    }

    @Test
    void doublesAfterThreeSuccessesInARow() {
        assertThat(TrustRegion.length(DIMENSION, 1, results(0, 1, 2))).isEqualTo(0.8);
        assertThat(TrustRegion.length(DIMENSION, 1, results(0, 1, 2, 3))).isEqualTo(1.6);
        assertThat(TrustRegion.length(DIMENSION, 1, results(0, 1, 2, 0, 3))).isEqualTo(0.8);
    }

    @Test
    void halvesAfterAsManyFailuresAsThereAreCoordinates() {
        double[] failures = new double[1 + DIMENSION];
        assertThat(TrustRegion.length(DIMENSION, 1, results(failures))).isEqualTo(0.4);
        assertThat(TrustRegion.length(DIMENSION, 2, results(failures))).isEqualTo(0.8);
    }

    @Test
    void beginsAnewWhenItIsVerySmall() {
        double[] failures = new double[1 + 7 * DIMENSION];
        assertThat(TrustRegion.length(DIMENSION, 1, results(failures))).isEqualTo(0.8);
    }

    private static List<Result> results(double... mus) {
        List<Result> results = new ArrayList<>();
        for (double mu : mus) {
            results.add(new Result(new ParameterValues(Map.of()), List.of(), new FleetOutcome(mu, 0, true)));
        }
        return results;
    }
}
