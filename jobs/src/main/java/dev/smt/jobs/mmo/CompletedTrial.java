package dev.smt.jobs.mmo;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.FleetOutcome;
import dev.smt.metric.ModelDelta;
import dev.smt.search.ParameterValues;
import java.util.List;
import java.util.stream.Stream;

/**
 * One theta of one technique, evaluated on its models until all were, or until the rest did not matter.
 *
 * @param number from 0
 * @param theta the hyperparameters
 * @param deltas one per evaluated model
 * @param skipped the models that were not evaluated, because the trial was stopped
 * @param flopsRatio weighted mean over all models of inference FLOPs / the baseline's
 */
public record CompletedTrial(
        int number, ParameterValues theta, List<ModelDelta> deltas, List<String> skipped, double flopsRatio) {
    public CompletedTrial {
        deltas = List.copyOf(deltas);
        skipped = List.copyOf(skipped);
    }

    /** A trial of which every model was evaluated. */
    public CompletedTrial(int number, ParameterValues theta, List<ModelDelta> deltas, double flopsRatio) {
        this(number, theta, deltas, List.of(), flopsRatio);
    }

    public boolean stopped() {
        return !skipped.isEmpty();
    }

    /** All models, by id. */
    public List<String> models() {
        return Stream.concat(deltas.stream().map(ModelDelta::modelId), skipped.stream())
                .sorted()
                .toList();
    }

    /** Eq. 2 to 4; of a stopped trial: infeasible, without a mu, its regression rate a lower bound. */
    public FleetOutcome outcome(FleetObjective objective) {
        return stopped() ? objective.stopped(deltas) : objective.outcome(deltas);
    }
}
