package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.List;
import java.util.Map;

/** docs/optimizer.md shows this file. */
final class OptimizerExample {
    private OptimizerExample() {}

    static TrialBelief best() {
        SearchSpace space = SearchSpace.of(
                new Parameter.Real("rate", 1e-4, 1, true), // log scale
                new Parameter.Whole("layers", 1, 6, false));
        FleetObjective objective = new FleetObjective(0.05, 0, 0.05, Map.of("ctr", 2.0, "cvr", 1.0));
        FleetOptimizer optimizer = new FleetOptimizer(space, objective, OptimizerSettings.of(space), 1);
        for (int trial = 0; trial < 20; trial++) {
            ParameterValues theta = optimizer.ask(1, List.of()).get(0).theta();
            optimizer.tell(theta, blackBox(theta));
        }
        return optimizer.beliefs().stream()
                .filter(belief -> belief.complete() && belief.probabilityOfFeasibility() >= ThetaStar.SURE)
                .max((a, b) -> Double.compare(a.mu(), b.mu()))
                .orElseThrow();
    }

    /** Gain of both models in percent, with a standard error of 0.01: anything that trains and evaluates. */
    static List<ModelDelta> blackBox(ParameterValues theta) {
        double miss = Math.log10(theta.real("rate")) + 2;
        double ctr = 0.5 - miss * miss - 0.01 * theta.whole("layers");
        double cvr = 0.2 - miss * miss - 0.05 * (theta.whole("layers") - 3);
        return List.of(new ModelDelta("ctr", false, ctr, 0.01), new ModelDelta("cvr", false, cvr, 0.01));
    }
}
