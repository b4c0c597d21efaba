package dev.smt.bayes;

import dev.smt.metric.FleetOutcome;
import dev.smt.metric.ModelDelta;
import dev.smt.search.ParameterValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One told trial: theta, what every evaluated model said, and what that is worth.
 *
 * @param outcome empty where the trial was stopped before all models were evaluated
 */
record Result(ParameterValues theta, List<ModelDelta> deltas, Optional<FleetOutcome> outcome) {
    Result {
        deltas = List.copyOf(deltas);
    }

    Result(ParameterValues theta, List<ModelDelta> deltas, FleetOutcome outcome) {
        this(theta, deltas, Optional.of(outcome));
    }

    boolean feasible() {
        return outcome.filter(FleetOutcome::feasible).isPresent();
    }

    /** A where the trial is feasible; else less than any A: the fewer regressions the more. */
    double worth() {
        if (feasible()) {
            return outcome.orElseThrow().aggregate();
        }
        return -1e6 * (1 + outcome.map(FleetOutcome::regressionRate).orElse(1.0));
    }

    /** Results by theta, both in the order in which they came. */
    static Map<ParameterValues, List<Result>> byTheta(List<Result> results) {
        return results.stream().collect(Collectors.groupingBy(Result::theta, LinkedHashMap::new, Collectors.toList()));
    }
}
