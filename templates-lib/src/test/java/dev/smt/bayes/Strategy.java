package dev.smt.bayes;

import dev.smt.metric.ModelDelta;
import dev.smt.search.ParameterValues;
import java.util.List;

/** A way to search, as a benchmark runs it: one trial after the other. */
interface Strategy {
    ParameterValues ask();

    /** Which models to evaluate first, when a trial stops as soon as it is infeasible; empty: all of them at once. */
    default List<String> order(ParameterValues theta) {
        return List.of();
    }

    /** Tells what the trial that was asked for last said; one delta per training that was done. */
    void tell(ParameterValues theta, List<ModelDelta> deltas);
}
