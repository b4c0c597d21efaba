package dev.smt.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.smt.metric.ModelDelta;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class FleetOptimizerTest {
    private static final ParameterValues DEFAULT =
            new ParameterValues(Map.of("t.rate", 0.1, "t.share", 0.5, "t.kind", "A", "t.depth", 3L));

    @Test
    void saysWhereASuggestionComesFrom() {
        FleetOptimizer optimizer = planted(settings().withInitial(List.of(DEFAULT)), 1);

        assertThat(run(optimizer, Problems::planted, 6))
                .extracting(Suggestion::suggestedBy)
                .containsExactly("default", "sobol", "sobol", "sobol", "acquisition", "acquisition");
        assertThat(planted(settings().withInitial(List.of(DEFAULT)), 1)
                        .ask(1, List.of())
                        .get(0)
                        .theta())
                .isEqualTo(DEFAULT);
    }

    @Test
    void theSameHistoryGivesTheSameNextSuggestion() {
        FleetOptimizer first = planted(settings(), 7);
        List<Suggestion> once = run(first, Problems::planted, 8);
        List<Suggestion> next = first.ask(2, List.of());

        FleetOptimizer resumed = planted(settings(), 7);
        once.forEach(suggestion -> resumed.tell(suggestion.theta(), Problems.planted(suggestion.theta())));

        assertThat(run(planted(settings(), 7), Problems::planted, 8)).isEqualTo(once);
        assertThat(resumed.ask(2, List.of())).isEqualTo(next);
        assertThat(resumed.ask(2, List.of())).isEqualTo(next);
        assertThat(resumed.ask(1, List.of(next.get(0).theta()))).containsExactly(next.get(1));
    }

    @Test
    void anotherSeedSearchesElsewhere() {
        assertThat(run(planted(settings(), 8), Problems::planted, 3))
                .doesNotContainAnyElementsOf(run(planted(settings(), 7), Problems::planted, 3));
    }

    @Test
    void neverSuggestsAThetaTwiceNotEvenAPendingOne() {
        FleetOptimizer optimizer = planted(settings(), 3);
        Set<ParameterValues> seen = new HashSet<>();
        List<ParameterValues> pending = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            List<Suggestion> batch = optimizer.ask(3, pending);
            assertThat(batch).hasSize(3);
            for (Suggestion suggestion : batch) {
                assertThat(seen.add(suggestion.theta())).isTrue();
                assertThat(Problems.PLANTED.problems(suggestion.theta())).isEmpty();
                pending.add(suggestion.theta());
            }
            // The last of each batch stays pending for one more round.
            while (pending.size() > 1) {
                ParameterValues theta = pending.remove(0);
                optimizer.tell(theta, Problems.planted(theta));
            }
        }
    }

    @Test
    void aBatchIsSpreadOut() {
        FleetOptimizer optimizer =
                new FleetOptimizer(Problems.BRANIN, Problems.single(), OptimizerSettings.of(Problems.BRANIN), 5);
        run(optimizer, FleetOptimizerTest::branin, 8);
        UnitCube cube = new UnitCube(Problems.BRANIN);

        List<double[]> points = optimizer.ask(4, List.of()).stream()
                .map(suggestion -> cube.encode(suggestion.theta()))
                .toList();

        for (int i = 0; i < points.size(); i++) {
            for (int j = 0; j < i; j++) {
                double distance = Math.hypot(points.get(i)[0] - points.get(j)[0], points.get(i)[1] - points.get(j)[1]);
                assertThat(distance).isGreaterThan(0.01);
            }
        }
    }

    @Test
    void aFiniteSpaceEndsWhenAllOfItWasTried() {
        SearchSpace six = SearchSpace.of(
                new Parameter.Whole("layers", 1, 3, false),
                new Parameter.Categorical("pooling", List.of("SUM", "MEAN")));
        FleetOptimizer optimizer = new FleetOptimizer(six, Problems.single(), OptimizerSettings.of(six), 2);

        List<Suggestion> all = run(optimizer, theta -> only(theta.whole("layers")), 20);

        assertThat(all).hasSize(6).extracting(Suggestion::theta).doesNotHaveDuplicates();
        assertThat(new FleetOptimizer(six, Problems.single(), OptimizerSettings.of(six), 2).ask(20, List.of()))
                .hasSize(6);
    }

    @Test
    void aSpaceWithoutParametersHasOneSuggestion() {
        for (SearchSpace space : List.of(SearchSpace.of(), SearchSpace.of(new Parameter.Real("fixed", 2, 2, false)))) {
            FleetOptimizer optimizer = new FleetOptimizer(space, Problems.single(), OptimizerSettings.of(space), 2);

            assertThat(run(optimizer, theta -> only(1), 3)).hasSize(1);
        }
    }

    @Test
    void goesOnWhenNothingCanBeLearnt() {
        Function<ParameterValues, List<ModelDelta>> constant = theta -> only(0);
        Function<ParameterValues, List<ModelDelta>> failing = theta -> List.of(ModelDelta.failure("only"));
        for (Function<ParameterValues, List<ModelDelta>> world : List.of(constant, failing)) {
            FleetOptimizer optimizer =
                    new FleetOptimizer(Problems.BRANIN, Problems.single(), OptimizerSettings.of(Problems.BRANIN), 1);

            assertThat(run(optimizer, world, 8))
                    .extracting(Suggestion::suggestedBy)
                    .endsWith("acquisition", "acquisition", "acquisition", "acquisition");
        }
    }

    @Test
    void aReplicateIsNoNewTheta() {
        FleetOptimizer optimizer = planted(settings(), 4);
        List<Suggestion> first = run(optimizer, Problems::planted, 5);
        optimizer.tell(first.get(0).theta(), Problems.planted(first.get(0).theta()));

        Suggestion next = optimizer.ask(1, List.of()).get(0);

        assertThat(next.suggestedBy()).isEqualTo("acquisition");
        assertThat(first).extracting(Suggestion::theta).doesNotContain(next.theta());
    }

    @Test
    void aSobolPointStandsInWhereTheSurrogateFails() {
        FleetOptimizer optimizer =
                new FleetOptimizer(Problems.BRANIN, Problems.single(), OptimizerSettings.of(Problems.BRANIN), 1);

        List<Suggestion> all = run(optimizer, theta -> only(1e300 * theta.real("x1")), 6);

        assertThat(all)
                .extracting(Suggestion::suggestedBy)
                .containsExactly("sobol", "sobol", "sobol", "sobol", "sobol-fallback", "sobol-fallback");
        assertThat(all).extracting(Suggestion::theta).doesNotHaveDuplicates();
    }

    @Test
    void refusesWhatIsNotOfTheSpaceOrNotComplete() {
        ParameterValues wrong = DEFAULT.with("t.share", 2.0);
        FleetOptimizer optimizer = planted(settings(), 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> optimizer.tell(wrong, Problems.planted(DEFAULT)))
                .withMessageContaining("t.share is 2.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> optimizer.tell(DEFAULT, List.of()))
                .withMessageContaining("abandon it instead");
        ModelDelta first = Problems.planted(DEFAULT).get(0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> optimizer.tell(DEFAULT, List.of(first, first)))
                .withMessageContaining("model m0 is not one of the 8 models, or is twice there");
        assertThatIllegalArgumentException().isThrownBy(() -> optimizer.ask(1, List.of(wrong)));
        assertThatIllegalArgumentException().isThrownBy(() -> optimizer.ask(0, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> planted(settings().withInitial(List.of(wrong)), 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OptimizerSettings(SearchStrategy.BAYESIAN, List.of(), 1, 3, 0))
                .withMessageContainingAll("initialTrials is 1", "samples is 3", "candidates is 0");
    }

    @Test
    void theModelsThatWereSeenToRegressAreEvaluatedFirst() {
        SearchSpace space = SearchSpace.of(new Parameter.Real("x", 0, 1, false));
        FleetOptimizer optimizer = new FleetOptimizer(space, Problems.fleet(4, 0.25), OptimizerSettings.of(space), 1);
        assertThat(optimizer.evaluationOrder(new ParameterValues(Map.of("x", 0.5))))
                .containsExactly("m0", "m1", "m2", "m3");
        for (double x : new double[] {0, 0.25, 0.75, 1}) {
            // m2 regresses everywhere, m1 in the upper half.
            optimizer.tell(
                    new ParameterValues(Map.of("x", x)),
                    List.of(
                            new ModelDelta("m0", false, 0.4 + 0.1 * x, 0.01),
                            new ModelDelta("m1", false, 0.5 - x, 0.01),
                            new ModelDelta("m2", false, -0.5 - 0.1 * x, 0.01),
                            new ModelDelta("m3", false, 0.6, 0.01)));
        }
        assertThat(optimizer.evaluationOrder(new ParameterValues(Map.of("x", 0.9))))
                .startsWith("m1", "m2");
        assertThat(optimizer.evaluationOrder(new ParameterValues(Map.of("x", 0.1))))
                .startsWith("m2");
    }

    private static OptimizerSettings settings() {
        return OptimizerSettings.of(Problems.PLANTED).withInitialTrials(4);
    }

    private static FleetOptimizer planted(OptimizerSettings settings, long seed) {
        return new FleetOptimizer(Problems.PLANTED, Problems.fleet(8, 0.125), settings, seed);
    }

    private static List<Suggestion> run(
            FleetOptimizer optimizer, Function<ParameterValues, List<ModelDelta>> world, int trials) {
        List<Suggestion> suggestions = new ArrayList<>();
        for (int trial = 0; trial < trials; trial++) {
            for (Suggestion suggestion : optimizer.ask(1, List.of())) {
                suggestions.add(suggestion);
                optimizer.tell(suggestion.theta(), world.apply(suggestion.theta()));
            }
        }
        return suggestions;
    }

    private static List<ModelDelta> branin(ParameterValues theta) {
        return only(-Problems.branin(theta));
    }

    private static List<ModelDelta> only(double delta) {
        return List.of(new ModelDelta("only", false, delta, 0));
    }
}
