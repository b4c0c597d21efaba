package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.FleetOutcome;
import dev.smt.metric.ModelDelta;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The library's optimizer on one number per trial, the observed A. An infeasible trial has no A: it gets the smallest
 * of the feasible ones, or 0 where that is smaller; a lower floor would make a cliff that one process can't follow.
 */
final class ScalarStrategy implements Strategy {
    private static final String MODEL = "A";

    private final SearchSpace space;
    private final FleetObjective objective;
    private final int initialTrials;
    private final long seed;
    private final List<Result> told = new ArrayList<>();

    ScalarStrategy(SearchSpace space, FleetObjective objective, int initialTrials, long seed) {
        this.space = space;
        this.objective = objective;
        this.initialTrials = initialTrials;
        this.seed = seed;
    }

    /** The floor moves as trials come in, so the optimizer is told everything anew. */
    @Override
    public ParameterValues ask() {
        FleetObjective single = new FleetObjective(objective.alpha(), 1, objective.tau(), Map.of(MODEL, 1.0));
        OptimizerStrategy optimizer = new OptimizerStrategy(space, single, initialTrials, seed);
        double floor = told.stream()
                .flatMap(result -> result.outcome().stream())
                .filter(FleetOutcome::feasible)
                .mapToDouble(FleetOutcome::mu)
                .reduce(0, Math::min);
        for (Result result : told) {
            boolean feasible = result.feasible();
            double value = feasible ? result.outcome().orElseThrow().mu() : floor;
            double error = feasible ? error(result.deltas()) : 0;
            optimizer.tell(result.theta(), List.of(new ModelDelta(MODEL, false, value, error)));
        }
        return optimizer.ask();
    }

    /** Standard error of mu, the models' errors being independent. */
    private double error(List<ModelDelta> deltas) {
        double variance = 0;
        for (ModelDelta delta : deltas) {
            double part = objective.weights().get(delta.modelId()) * delta.standardError();
            variance += part * part;
        }
        return Math.sqrt(variance);
    }

    @Override
    public void tell(ParameterValues theta, List<ModelDelta> deltas) {
        told.add(new Result(theta, deltas, objective.outcome(deltas)));
    }
}
