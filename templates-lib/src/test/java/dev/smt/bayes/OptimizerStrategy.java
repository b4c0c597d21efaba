package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.List;

/** The library's optimizer; with more initial trials than there will be, its Sobol design alone. */
final class OptimizerStrategy implements Strategy {
    private final FleetOptimizer optimizer;
    private final boolean races;

    OptimizerStrategy(SearchSpace space, FleetObjective objective, int initialTrials, long seed) {
        this(space, objective, initialTrials, seed, false);
    }

    /** @param races stop a trial when it is infeasible for certain */
    OptimizerStrategy(SearchSpace space, FleetObjective objective, int initialTrials, long seed, boolean races) {
        this.races = races;
        this.optimizer = new FleetOptimizer(
                space, objective, OptimizerSettings.of(space).withInitialTrials(initialTrials), seed);
    }

    @Override
    public ParameterValues ask() {
        return optimizer.ask(1, List.of()).get(0).theta();
    }

    @Override
    public List<String> order(ParameterValues theta) {
        return races ? optimizer.evaluationOrder(theta) : List.of();
    }

    @Override
    public void tell(ParameterValues theta, List<ModelDelta> deltas) {
        optimizer.tell(theta, deltas);
    }
}
