package dev.smt.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.smt.metric.FleetObjective;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PowerTest {
    private static final FleetObjective OBJECTIVE = Fleets.objective(8, 0.2);
    private static final StudyDesign DESIGN = new StudyDesign(OBJECTIVE, 8, 4, 3, ProbabilityRule.SURE);
    private static final FleetNoise NOISE = new FleetNoise(Collections.nCopies(8, 0.05), 1);

    private static Power power(double effect, int decisions) {
        return Power.of(
                effect,
                LongStream.range(0, decisions)
                        .mapToObj(seed -> PlannedDecision.of(DESIGN, NOISE.source(OBJECTIVE, effect, 0, seed), seed))
                        .toList());
    }

    /** The whole machinery, search and choice of theta* included. */
    @Test
    void techniquesThatDoNothingAreNotAccepted() {
        Power nothing = power(0, 20);
        assertThat(nothing.accepted()).isZero();
        assertThat(nothing.rejected() + nothing.open()).isEqualTo(20);
    }

    @Test
    void aLargeEffectIsAcceptedByTheProbabilityRule() {
        Power large = power(0.4, 10);
        assertThat(large.accepted()).isEqualTo(10);
        assertThat(large.byPosterior()).isGreaterThanOrEqualTo(8);
        assertThat(large.replicates()).isBetween(1.0, 3.0);
    }

    @Test
    void moreNoiseNeedsALargerEffect() {
        StudyDesign one = new StudyDesign(OBJECTIVE, 8, 4, 1, ProbabilityRule.SURE);
        double little = Power.detectable(one, NOISE, 0.8);
        double much = Power.detectable(one, new FleetNoise(Collections.nCopies(8, 0.5), 1), 0.8);
        assertThat(little).isBetween(0.06, 0.3);
        assertThat(much).isGreaterThan(3 * little);
    }

    @Test
    void withoutReplicatesNothingIsDetectable() {
        StudyDesign none = new StudyDesign(OBJECTIVE, 8, 4, 0, ProbabilityRule.SURE);
        assertThat(Power.detectable(none, NOISE, 0.8)).isInfinite();
    }

    @Test
    void theNoiseOfASourceIsWhatItSays() {
        FleetNoise noise = new FleetNoise(Collections.nCopies(8, 0.1), 2);
        double squares = 0;
        int count = 0;
        for (long seed = 0; seed < 200; seed++) {
            DeltaSource source = noise.source(OBJECTIVE, 0.3, 0, seed);
            for (int i = 0; i < 8; i++) {
                double difference = source.trial(0).get(i).delta() - 0.3;
                squares += difference * difference;
                count++;
            }
        }
        // Rows 0.1, seeds 0.2.
        assertThat(Math.sqrt(squares / count)).isCloseTo(Math.sqrt(0.05), within(0.01));
    }

    @Test
    void impossibleNoiseAndDesignsAreRefused() {
        assertThatThrownBy(() -> new FleetNoise(List.of(), 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FleetNoise(List.of(-1.0), 1)).hasMessageContaining("-1.0");
        assertThatThrownBy(() -> new StudyDesign(OBJECTIVE, 0, 4, 3, 0.95)).hasMessageContaining("trials 0");
    }
}
