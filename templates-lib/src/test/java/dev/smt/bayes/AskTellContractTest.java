package dev.smt.bayes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import dev.smt.search.ExampleSpaces;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What ask and tell promise, for every strategy on a shelf of spaces of all kinds. */
class AskTellContractTest {
    private static final FleetObjective OBJECTIVE = Problems.fleet(3, 0.34);

    private interface Promise {
        void check(SearchSpace space, SearchStrategy strategy);
    }

    @TestFactory
    Stream<DynamicTest> whatTheTablesKeepIsAllThatCounts() {
        return forAll((space, strategy) -> {
            FleetOptimizer first = optimizer(space, strategy);
            List<ParameterValues> pending = new ArrayList<>();
            for (int trial = 0; trial < 7; trial++) {
                for (Suggestion suggestion : first.ask(1, pending)) {
                    finish(first, suggestion.theta(), trial, pending);
                }
            }

            FleetOptimizer rebuilt = optimizer(space, strategy);
            first.told().forEach(result -> rebuilt.tell(result.theta(), result.deltas()));
            // Abandoned trials are kept without the time at which they ended.
            first.abandoned().forEach(rebuilt::abandon);

            assertThat(rebuilt.ask(2, pending)).isEqualTo(first.ask(2, pending));
            if (strategy == SearchStrategy.BAYESIAN) {
                assertThat(rebuilt.beliefs()).isEqualTo(first.beliefs());
            }
        });
    }

    /** Of seven trials one is abandoned, one stays pending, one has a failed model, one is stopped after one model. */
    private static void finish(
            FleetOptimizer optimizer, ParameterValues theta, int trial, List<ParameterValues> pending) {
        List<ModelDelta> deltas = world(optimizer, theta);
        switch (trial % 7) {
            case 2 -> optimizer.abandon(theta);
            case 3 -> optimizer.tell(theta, List.of(deltas.get(0)));
            case 4 -> optimizer.tell(theta, List.of(deltas.get(0), ModelDelta.failure("m1"), deltas.get(2)));
            case 5 -> pending.add(theta);
            default -> optimizer.tell(theta, deltas);
        }
    }

    @TestFactory
    Stream<DynamicTest> nothingComesTwiceWhateverBecameOfIt() {
        return forAll((space, strategy) -> {
            FleetOptimizer optimizer = optimizer(space, strategy);
            List<ParameterValues> pending = new ArrayList<>();
            Set<ParameterValues> seen = new HashSet<>();
            long left = space.size().orElse(Long.MAX_VALUE);
            for (int round = 0; round < 3; round++) {
                List<Suggestion> batch = optimizer.ask(3, pending);
                assertThat(batch).hasSize((int) Math.min(3, left));
                left -= batch.size();
                for (Suggestion suggestion : batch) {
                    assertThat(space.problems(suggestion.theta())).isEmpty();
                    assertThat(seen.add(suggestion.theta()))
                            .as("%s", suggestion)
                            .isTrue();
                    finish(optimizer, suggestion.theta(), seen.size(), pending);
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> resultsMayComeInAnotherOrderThanTheyWereAskedFor() {
        return forAll((space, strategy) -> {
            FleetOptimizer optimizer = optimizer(space, strategy);
            List<ParameterValues> pending = new ArrayList<>();
            Set<ParameterValues> seen = new HashSet<>();
            for (int step = 0; step < 9; step++) {
                for (Suggestion suggestion : optimizer.ask(1, pending)) {
                    assertThat(seen.add(suggestion.theta()))
                            .as("%s", suggestion)
                            .isTrue();
                    pending.add(suggestion.theta());
                }
                // Grows to four, then the latest ends before the others.
                if (pending.size() == 4) {
                    ParameterValues late = pending.remove(3);
                    ParameterValues early = pending.remove(0);
                    optimizer.tell(late, world(optimizer, late));
                    optimizer.tell(early, world(optimizer, early));
                }
            }
            long all = space.size().orElse(Long.MAX_VALUE);
            assertThat(seen).hasSize((int) Math.min(9, all));
        });
    }

    @TestFactory
    Stream<DynamicTest> aBatchIsWhatOneByOneWouldGive() {
        return forAll((space, strategy) -> {
            FleetOptimizer optimizer = optimizer(space, strategy);
            for (int trial = 0; trial < 3; trial++) {
                optimizer
                        .ask(1, List.of())
                        .forEach(
                                suggestion -> optimizer.tell(suggestion.theta(), world(optimizer, suggestion.theta())));
            }
            List<Suggestion> batch = optimizer.ask(3, List.of());
            List<ParameterValues> pending = new ArrayList<>();
            for (Suggestion suggestion : batch) {
                assertThat(optimizer.ask(1, pending)).containsExactly(suggestion);
                pending.add(suggestion.theta());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> aFiniteSpaceIsTriedCompletelyAndThenEnds() {
        return forAll((space, strategy) -> {
            long size = space.size().orElse(Long.MAX_VALUE);
            if (size > 40) {
                return;
            }
            FleetOptimizer optimizer = optimizer(space, strategy);
            Set<ParameterValues> seen = new HashSet<>();
            List<ParameterValues> pending = new ArrayList<>();
            for (int trial = 0; trial < size; trial++) {
                ParameterValues theta = optimizer.ask(1, pending).get(0).theta();
                assertThat(seen.add(theta)).isTrue();
                finish(optimizer, theta, trial, pending);
            }

            assertThat(seen).containsExactlyInAnyOrderElementsOf(new UnitCube(space).points());
            assertThat(optimizer.ask(1, pending)).isEmpty();
            assertThat(optimizer.ask(5, pending)).isEmpty();
        });
    }

    @TestFactory
    Stream<DynamicTest> nothingComesThatIsNotAdmittedButTheInitialPoints() {
        return forAll((space, strategy) -> {
            ParameterValues initial = new UnitCube(space).atQuantiles(middle(space));
            Admission some = (trial, theta) -> !theta.equals(initial) && theta.hashCode() % 3 != 0;
            FleetOptimizer optimizer = admitting(space, strategy, initial, some);
            long admitted = space.size().isPresent() && space.size().getAsLong() <= 40
                    ? new UnitCube(space)
                            .points().stream()
                                    .filter(theta -> some.admits(0, theta))
                                    .count()
                    : Long.MAX_VALUE;
            assertThat(optimizer.ask(1, List.of()))
                    .extracting(Suggestion::theta)
                    .containsExactly(initial);
            optimizer.tell(initial, world(optimizer, initial));
            for (int trial = 0; trial < Math.min(admitted, 8); trial++) {
                ParameterValues theta = optimizer.ask(1, List.of()).get(0).theta();
                assertThat(some.admits(trial, theta)).isTrue();
                optimizer.tell(theta, world(optimizer, theta));
            }
            if (admitted <= 8) {
                assertThat(optimizer.ask(2, List.of())).isEmpty();
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> aSearchOfWhichNothingIsAdmittedAnyMoreEnds() {
        return forAll((space, strategy) -> {
            ParameterValues initial = new UnitCube(space).atQuantiles(middle(space));
            FleetOptimizer optimizer = admitting(space, strategy, initial, (trial, theta) -> trial < 2);
            Set<ParameterValues> seen = new HashSet<>();
            for (Suggestion suggestion : optimizer.ask(3, List.of())) {
                seen.add(suggestion.theta());
                optimizer.tell(suggestion.theta(), world(optimizer, suggestion.theta()));
            }
            assertThat(seen).hasSize((int) Math.min(2, space.size().orElse(2)));
            assertThat(optimizer.ask(1, List.of())).isEmpty();
        });
    }

    private static double[] middle(SearchSpace space) {
        double[] quantiles = new double[new UnitCube(space).freeParameters()];
        Arrays.fill(quantiles, 0.5);
        return quantiles;
    }

    private static FleetOptimizer admitting(
            SearchSpace space, SearchStrategy strategy, ParameterValues initial, Admission admission) {
        OptimizerSettings settings =
                new OptimizerSettings(strategy, List.of(initial), 2, 16, 16).withAdmission(admission);
        return new FleetOptimizer(space, OBJECTIVE, settings, 11);
    }

    private static Stream<DynamicTest> forAll(Promise promise) {
        return Arrays.stream(SearchStrategy.values()).flatMap(strategy -> ExampleSpaces.shelf().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        strategy + ", " + entry.getKey(), () -> promise.check(entry.getValue(), strategy))));
    }

    private static FleetOptimizer optimizer(SearchSpace space, SearchStrategy strategy) {
        OptimizerSettings settings = new OptimizerSettings(strategy, List.of(), 2, 16, 16);
        return new FleetOptimizer(space, OBJECTIVE, settings, 11);
    }

    private static List<ModelDelta> world(FleetOptimizer optimizer, ParameterValues theta) {
        double[] point = optimizer.cube().encode(theta);
        return IntStream.range(0, 3)
                .mapToObj(i -> {
                    double distance = Arrays.stream(point)
                            .map(x -> (x - 0.3 - 0.1 * i) * (x - 0.3 - 0.1 * i))
                            .sum();
                    return new ModelDelta("m" + i, false, 0.1 - distance, 0.01);
                })
                .toList();
    }
}
