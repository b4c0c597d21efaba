package dev.smt.bayes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import dev.smt.search.ExampleSpaces;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever the space: conditional, constrained, with fixed values, finite, empty. */
class SuggestedPointsTest {
    private static final FleetObjective OBJECTIVE = new FleetObjective(0.05, 0.1, 0.05, Map.of("a", 1.0, "b", 1.0));
    private static final int TRIALS = 6;
    /** Fitting that many length scales takes seconds, and says nothing more. */
    private static final int MANY = 30;

    @TestFactory
    Stream<DynamicTest> suggestionsAreDistinctPointsOfTheSpace() {
        return ExampleSpaces.shelf().entrySet().stream()
                .filter(entry -> entry.getValue().parameters().size() < MANY)
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> suggestsPointsOf(entry.getValue())));
    }

    private static void suggestsPointsOf(SearchSpace space) {
        UnitCube cube = new UnitCube(space);
        OptimizerSettings settings = new OptimizerSettings(SearchStrategy.BAYESIAN, List.of(), 4, 16, 32);
        FleetOptimizer optimizer = new FleetOptimizer(space, OBJECTIVE, settings, 5);
        Set<ParameterValues> seen = new HashSet<>();
        for (int trial = 0; trial < TRIALS; trial++) {
            List<Suggestion> suggestions = optimizer.ask(1, List.of());
            if (suggestions.isEmpty()) {
                assertThat(space.size()).hasValue(seen.size());
                return;
            }
            ParameterValues theta = suggestions.get(0).theta();
            assertThat(space.problems(theta)).isEmpty();
            assertThat(seen.add(theta)).isTrue();
            double delta = Arrays.stream(cube.encode(theta)).map(u -> u - 0.3).sum();
            optimizer.tell(
                    theta, List.of(new ModelDelta("a", false, delta, 0.01), new ModelDelta("b", false, 1, 0.01)));
        }
    }
}
