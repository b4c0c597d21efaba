package dev.smt.bayes;

import dev.smt.metric.ModelDelta;
import dev.smt.search.ParameterValues;
import java.util.List;

/** A way to search, as a benchmark runs it: one trial after the other. */
interface Strategy {
    ParameterValues ask();

    /** Tells what the trial that was asked for last said; one delta per training that was done. */
    void tell(ParameterValues theta, List<ModelDelta> deltas);
}
