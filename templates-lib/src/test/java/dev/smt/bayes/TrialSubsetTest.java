package dev.smt.bayes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrialSubsetTest {
    private static final FleetObjective OBJECTIVE = Problems.single();
    private final UnitCube cube = new UnitCube(SearchSpace.of(new Parameter.Real("x", 0, 1, false)));

    @Test
    void keepsTheBestTheLatestAndTheFarthest() {
        // Around 0.5, with the best ones early, and one at each end; the latest at 0.49.
        List<Result> results = new ArrayList<>();
        results.add(result(0.51, 2));
        results.add(result(0.52, 3));
        for (int i = 0; i < 10; i++) {
            results.add(result(0.53 + 0.001 * i, 0));
        }
        results.add(result(0, -1));
        results.add(result(1, -1));
        results.add(result(0.48, 0));
        results.add(result(0.49, 0));

        assertThat(TrialSubset.of(results, cube, 6))
                .extracting(result -> result.theta().real("x"))
                .containsExactly(0.51, 0.52, 0.0, 1.0, 0.48, 0.49);
    }

    @Test
    void keepsAllResultsOfAKeptThetaAndAllOfFewThetas() {
        List<Result> results =
                List.of(result(0.1, 1), result(0.2, 5), result(0.1, 1), result(0.3, 0), result(0.2, 1), result(0.4, 0));

        assertThat(TrialSubset.of(results, cube, 4)).isEqualTo(results);
        assertThat(TrialSubset.of(results, cube, 3))
                .extracting(result -> result.theta().real("x"))
                .containsExactly(0.1, 0.2, 0.1, 0.2, 0.4);
    }

    private static Result result(double x, double delta) {
        List<ModelDelta> deltas = List.of(new ModelDelta("only", false, delta, 0));
        return new Result(new ParameterValues(Map.of("x", x)), deltas, OBJECTIVE.outcome(deltas));
    }
}
