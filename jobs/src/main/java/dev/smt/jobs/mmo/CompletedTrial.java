package dev.smt.jobs.mmo;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.FleetOutcome;
import dev.smt.metric.ModelDelta;
import dev.smt.search.ParameterValues;
import java.util.List;

/**
 * One theta of one technique, evaluated on all its models.
 *
 * @param number from 0
 * @param theta the hyperparameters
 * @param deltas one per model
 * @param flopsRatio weighted mean over the models of inference FLOPs / the baseline's
 */
public record CompletedTrial(int number, ParameterValues theta, List<ModelDelta> deltas, double flopsRatio) {
    public CompletedTrial {
        deltas = List.copyOf(deltas);
    }

    /** Eq. 2 to 4. */
    public FleetOutcome outcome(FleetObjective objective) {
        return objective.outcome(deltas);
    }
}
