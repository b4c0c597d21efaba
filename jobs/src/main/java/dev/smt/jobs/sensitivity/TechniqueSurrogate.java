package dev.smt.jobs.sensitivity;

import dev.smt.bayes.FleetOptimizer;
import dev.smt.bayes.OptimizerSettings;
import dev.smt.jobs.mmo.CompletedTrial;
import dev.smt.metric.FleetObjective;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.List;
import java.util.Optional;

/** The surrogate of one technique's trials, as the search had it at its end. */
final class TechniqueSurrogate {
    /** Fewer trials than this beyond the parameters say less than what was believed before them. */
    private static final int LEAST_BEYOND_PARAMETERS = 2;

    private TechniqueSurrogate() {}

    /**
     * An optimizer that was told the trials.
     *
     * @param trials of one technique, feasible or not
     * @return empty where they are too few for the space, or the space has one point only
     */
    static Optional<FleetOptimizer> of(
            SearchSpace space, FleetObjective objective, List<CompletedTrial> trials, long seed) {
        int parameters = new UnitCube(space).freeParameters();
        if (parameters == 0 || trials.size() < parameters + LEAST_BEYOND_PARAMETERS) {
            return Optional.empty();
        }
        FleetOptimizer optimizer = new FleetOptimizer(space, objective, OptimizerSettings.of(space), seed);
        trials.forEach(trial -> optimizer.tell(trial.theta(), trial.deltas()));
        return Optional.of(optimizer);
    }
}
