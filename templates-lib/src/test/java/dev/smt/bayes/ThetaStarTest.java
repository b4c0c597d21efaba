package dev.smt.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.smt.bayes.ThetaStar.Reason;
import dev.smt.metric.FleetObjective;
import dev.smt.metric.FleetOutcome;
import dev.smt.search.ParameterValues;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Algorithm 1, lines 15 to 20, by hand; tau is 0.05, epsilon 0.1. */
class ThetaStarTest {
    private final FleetObjective objective = Problems.fleet(10, 0.1);

    @Test
    void theLargestFeasibleAggregateWins() {
        ThetaStar star = decide(trial("a", 0.1, 0, true), trial("b", 0.3, 0.1, true), trial("c", 0.9, 0.2, false));

        assertThat(star.accepted()).isTrue();
        assertThat(star.reason()).isEqualTo(Reason.ACCEPTED);
        assertThat(name(star)).isEqualTo("b");
    }

    @Test
    void theEarliestOfEqualsWins() {
        assertThat(name(decide(trial("a", 0.2, 0, true), trial("b", 0.2, 0, true))))
                .isEqualTo("a");
    }

    @Test
    void tauItselfIsEnough() {
        assertThat(decide(trial("a", 0.05, 0, true)).reason()).isEqualTo(Reason.ACCEPTED);
        assertThat(decide(trial("a", Math.nextDown(0.05), 0, true)).reason()).isEqualTo(Reason.BELOW_TAU);
        assertThat(name(decide(trial("a", -0.4, 0, true), trial("b", -0.2, 0, true))))
                .isEqualTo("b");
    }

    @Test
    void withoutAFeasibleTrialTheLeastInfeasibleIsKept() {
        ThetaStar star = decide(
                trial("many", 0.9, 0.5, false),
                trial("few", 0.1, 0.2, false),
                trial("few and better", 0.3, 0.2, false),
                trial("failed", Double.NaN, 0.2, false));

        assertThat(star.accepted()).isFalse();
        assertThat(star.reason()).isEqualTo(Reason.NO_FEASIBLE_TRIAL);
        assertThat(name(star)).isEqualTo("few and better");
    }

    @Test
    void withoutATrialThereIsNoTheta() {
        assertThat(decide()).isEqualTo(new ThetaStar(Reason.NO_FEASIBLE_TRIAL, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new ThetaStar(Reason.ACCEPTED, Optional.empty()));
    }

    private ThetaStar decide(CompleteTrial... trials) {
        return ThetaStar.of(objective, List.of(trials));
    }

    private static String name(ThetaStar star) {
        return star.trial().orElseThrow().theta().level("name");
    }

    private static CompleteTrial trial(String name, double mu, double rate, boolean feasible) {
        return new CompleteTrial(new ParameterValues(Map.of("name", name)), new FleetOutcome(mu, rate, feasible));
    }
}
