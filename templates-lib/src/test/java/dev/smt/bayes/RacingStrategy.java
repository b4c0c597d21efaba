package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.List;

/** The library's optimizer, its trials stopped when they are infeasible for certain. */
final class RacingStrategy implements Strategy {
    private final FleetOptimizer optimizer;

    RacingStrategy(SearchSpace space, FleetObjective objective, int initialTrials, long seed) {
        this.optimizer = new FleetOptimizer(
                space, objective, OptimizerSettings.of(space).withInitialTrials(initialTrials), seed);
    }

    @Override
    public ParameterValues ask() {
        return optimizer.ask(1, List.of()).get(0).theta();
    }

    @Override
    public List<String> order(ParameterValues theta) {
        return optimizer.evaluationOrder(theta);
    }

    @Override
    public void tell(ParameterValues theta, List<ModelDelta> deltas) {
        optimizer.tell(theta, deltas);
    }
}
