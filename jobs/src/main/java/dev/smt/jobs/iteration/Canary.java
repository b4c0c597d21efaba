package dev.smt.jobs.iteration;

import dev.smt.data.Mixing;
import dev.smt.fleet.FleetModel;
import dev.smt.jobs.table.ModelIterationRow;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The models that are rebuilt first, drawn by their ids: where too many of them resist, the others stay as they are.
 *
 * @param share of the fleet; 0: no model is first
 * @param mostResisting share of the canary models that may resist
 */
public record Canary(double share, double mostResisting) {

    /** The models that go first, always the same ones of a fleet. */
    List<FleetModel> of(List<FleetModel> fleet) {
        return fleet.stream()
                .sorted(Comparator.comparingLong((FleetModel model) -> Mixing.seed(0, "canary " + model.id()))
                        .thenComparing(FleetModel::id))
                .limit((long) Math.ceil(share * fleet.size()))
                .toList();
    }

    /** Why the others stay as they are; empty where they are rebuilt too. */
    Optional<String> stop(List<ModelIterationRow> canaries) {
        long resisting = canaries.stream()
                .filter(row -> row.outcome().equals(ModelIterationRow.RESISTED))
                .count();
        return resisting > mostResisting * canaries.size()
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "the roll-out stopped: %d of %d canary models resisted; iterate.canary-resist-share is %s",
                        resisting,
                        canaries.size(),
                        mostResisting))
                : Optional.empty();
    }
}
