package dev.smt.benchmark;

import dev.smt.fleet.FleetModel;
import java.util.List;

/**
 * A model of the benchmark: what a system may see of it, and what it may not.
 *
 * @param model with its six attributes; this is all that a system may see
 * @param cluster the true one, from 0
 * @param resists whether no technique is a gain to it
 * @param sensitivity s, the factor of every technique's effect on it; 0 where it resists
 * @param loss what every technique that does anything costs it, in percent NE; 0 unless it resists
 * @param rowError standard error of its deltas from the evaluation rows, in percent NE
 * @param failureRate probability that a training of it with a technique fails
 * @param traits z, in which it differs from the other models of its cluster
 */
public record BenchmarkModel(
        FleetModel model,
        int cluster,
        boolean resists,
        double sensitivity,
        double loss,
        double rowError,
        double failureRate,
        List<Double> traits) {
    public BenchmarkModel {
        traits = List.copyOf(traits);
    }

    /** The model's id. */
    public String id() {
        return model.id();
    }
}
