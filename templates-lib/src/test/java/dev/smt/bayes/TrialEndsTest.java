package dev.smt.bayes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One more trial at the same theta, ended in each of the ways: what each leaves behind. */
class TrialEndsTest {
    private static final FleetObjective OBJECTIVE = Problems.fleet(3, 0);
    private static final SearchSpace SPACE =
            SearchSpace.of(new Parameter.Real("x", 0, 1, false), new Parameter.Real("y", 0, 1, false));
    private static final ParameterValues THETA = new ParameterValues(Map.of("x", 1.0, "y", 0.5));

    private final UnitCube cube = new UnitCube(SPACE);
    private final FleetOptimizer before = told();
    private final FleetOptimizer feasible = told(deltas(0.3, 0.2, 0.25));
    private final FleetOptimizer infeasible = told(deltas(0.3, 0.2, -0.4));
    private final FleetOptimizer failed =
            told(List.of(deltas(0.3).get(0), deltas(0.3, 0.2).get(1), ModelDelta.failure("m2")));
    private final FleetOptimizer stopped = told(deltas(-0.4));
    private final FleetOptimizer abandoned = told();

    TrialEndsTest() {
        abandoned.abandon(THETA);
    }

    @Test
    void noneIsSuggestedAgain() {
        for (FleetOptimizer optimizer : List.of(feasible, infeasible, failed, stopped, abandoned)) {
            // An initial point that was tried is no suggestion any more.
            assertThat(optimizer.ask(1, List.of()).get(0).suggestedBy()).isEqualTo(Suggestion.ACQUISITION);
        }
        assertThat(before.ask(1, List.of()).get(0)).isEqualTo(new Suggestion(THETA, Suggestion.DEFAULT));
    }

    @Test
    void onlyAFullyEvaluatedTrialWithoutAFailureCanBeThetaStar() {
        assertThat(belief(feasible)).hasValueSatisfying(belief -> {
            assertThat(belief.complete()).isTrue();
            assertThat(belief.probabilityOfFeasibility()).isGreaterThan(0.95);
        });
        assertThat(belief(infeasible)).hasValueSatisfying(belief -> {
            assertThat(belief.complete()).isTrue();
            assertThat(belief.probabilityOfFeasibility()).isLessThan(0.05);
        });
        assertThat(belief(failed))
                .hasValueSatisfying(belief -> assertThat(belief.complete()).isFalse());
        assertThat(belief(stopped)).hasValueSatisfying(belief -> {
            assertThat(belief.complete()).isFalse();
            assertThat(belief.probabilityOfFeasibility()).isLessThan(0.05);
        });
        assertThat(belief(abandoned)).isEmpty();
    }

    @Test
    void onlyAFailureSaysWhereTrialsDoNotComplete() {
        assertThat(logCompletion(failed)).isLessThan(-0.1);
        for (FleetOptimizer optimizer : List.of(feasible, infeasible, stopped, abandoned)) {
            assertThat(logCompletion(optimizer)).isZero();
        }
    }

    @Test
    void ofAStoppedTrialOnlyTheEvaluatedModelsAreObserved() {
        FleetSurrogate surrogate = stopped.fitted().surrogate();
        int site = surrogate.points().length - 1;

        assertThat(surrogate.noise(0)[site]).isLessThan(1);
        assertThat(surrogate.noise(1)[site]).isEqualTo(FleetSurrogate.UNKNOWN);
        assertThat(surrogate.noise(2)[site]).isEqualTo(FleetSurrogate.UNKNOWN);
    }

    @Test
    void anAbandonedTrialChangesNoBelief() {
        assertThat(abandoned.beliefs()).isEqualTo(before.beliefs());
        assertThat(abandoned.fitted().surrogate().points())
                .isDeepEqualTo(before.fitted().surrogate().points());
        assertThat(stopped.beliefs()).isNotEqualTo(before.beliefs());
    }

    private double logCompletion(FleetOptimizer optimizer) {
        return optimizer.fitted().surrogate().logProbabilityOfCompletion(cube.encode(THETA), new double[0]);
    }

    private static Optional<TrialBelief> belief(FleetOptimizer optimizer) {
        return optimizer.beliefs().stream()
                .filter(belief -> belief.theta().equals(THETA))
                .findFirst();
    }

    private FleetOptimizer told(List<ModelDelta> last) {
        FleetOptimizer optimizer = told();
        optimizer.tell(THETA, last);
        return optimizer;
    }

    /** Twelve spread trials, all feasible and far from the theta. */
    private FleetOptimizer told() {
        OptimizerSettings settings =
                OptimizerSettings.of(SPACE).withInitialTrials(4).withInitial(List.of(THETA));
        FleetOptimizer optimizer = new FleetOptimizer(SPACE, OBJECTIVE, settings, 1);
        ScrambledSobol sobol = new ScrambledSobol(2, new int[] {3});
        for (int trial = 0; trial < 12; trial++) {
            double[] point = sobol.point(trial);
            ParameterValues theta = cube.atQuantiles(new double[] {point[0] / 2, point[1]});
            double x = theta.real("x");
            double y = theta.real("y");
            optimizer.tell(theta, deltas(0.4 * x, 0.3 * y, 0.3 * x * (1 - y)));
        }
        return optimizer;
    }

    private static List<ModelDelta> deltas(double... values) {
        return IntStream.range(0, values.length)
                .mapToObj(i -> new ModelDelta("m" + i, false, values[i], 0.01))
                .toList();
    }
}
