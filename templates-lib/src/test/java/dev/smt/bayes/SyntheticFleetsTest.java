package dev.smt.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.metric.FleetOutcome;
import dev.smt.search.ParameterValues;
import dev.smt.search.UnitCube;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;

/** The benchmark's fleets have the truth that they claim. */
class SyntheticFleetsTest {
    private static final long WITH_FAILURES = 3;

    private final SyntheticFleet fleet = new SyntheticFleets().get(FleetFamily.EFFECTS, 2, WITH_FAILURES);

    @Test
    void noFeasiblePointOfAFineGridBeatsTheOptimumAndTheBestComesClose() {
        double best = grid().filter(FleetOutcome::feasible)
                .mapToDouble(FleetOutcome::mu)
                .max()
                .orElseThrow();

        assertThat(best).isLessThanOrEqualTo(fleet.truth().optimum());
        assertThat(best).isCloseTo(fleet.truth().optimum(), within(0.01));
    }

    @Test
    void theBestMeanIsInfeasible() {
        FleetOutcome best = grid().filter(outcome -> !Double.isNaN(outcome.mu()))
                .max((a, b) -> Double.compare(a.mu(), b.mu()))
                .orElseThrow();

        assertThat(best.feasible()).isFalse();
        assertThat(best.mu()).isGreaterThan(fleet.truth().optimum());
    }

    @Test
    void everyThirdFleetFailsSomewhere() {
        assertThat(grid().anyMatch(outcome -> Double.isNaN(outcome.mu()))).isTrue();
    }

    @Test
    void isAFunctionOfFamilyDimensionAndSeed() {
        SyntheticFleet again = new SyntheticFleets().get(FleetFamily.EFFECTS, 2, WITH_FAILURES);
        ParameterValues theta = theta(0.3, 0.4);

        assertThat(again.truth()).isEqualTo(fleet.truth());
        assertThat(again.measured(theta, 0.1, new Well19937c(1)))
                .isEqualTo(fleet.measured(theta, 0.1, new Well19937c(1)))
                .isNotEqualTo(fleet.measured(theta, 0.1, new Well19937c(2)));
    }

    @Test
    void aTrulyInfeasiblePickIsWorthNothing() {
        FleetRun.Pick infeasible = new FleetRun.Pick(Optional.of(new FleetOutcome(0.5, 0.2, false)));
        FleetRun.Pick feasible = new FleetRun.Pick(Optional.of(new FleetOutcome(0.2, 0.1, true)));

        assertThat(infeasible.regret(0.3)).isEqualTo(0.3);
        assertThat(feasible.regret(0.3)).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void quartilesLieBetweenNeighboursAndKeepInfinity() {
        Quartiles quartiles = Quartiles.of(List.of(4.0, 1.0, 2.0, 3.0));

        assertThat(quartiles).isEqualTo(new Quartiles(1.75, 2.5, 3.25, 4));
        assertThat(Quartiles.of(List.of(1.0, 2.0, Double.POSITIVE_INFINITY)).largest())
                .isEqualTo(Double.POSITIVE_INFINITY);
    }

    private Stream<FleetOutcome> grid() {
        int steps = 100;
        return IntStream.range(0, steps * steps)
                .mapToObj(
                        cell -> fleet.outcome(theta((double) (cell / steps) / steps, (double) (cell % steps) / steps)));
    }

    private ParameterValues theta(double first, double second) {
        return new UnitCube(fleet.space()).decode(new double[] {first, second});
    }
}
