package dev.smt.bayes;

import dev.smt.metric.FleetOutcome;
import dev.smt.metric.ModelDelta;
import dev.smt.search.ParameterValues;
import java.util.List;

/** One told trial: theta, what every model said, and what that is worth. */
record Result(ParameterValues theta, List<ModelDelta> deltas, FleetOutcome outcome) {
    Result {
        deltas = List.copyOf(deltas);
    }
}
