package dev.smt.decision;

import dev.smt.metric.ModelDelta;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a technique at its theta* on one model.
 *
 * @param modelId the model
 * @param search the delta that had a part in choosing theta*, so that it is too large by luck
 * @param fresh the deltas with other seeds, of trial and baseline both, that had none
 */
public record ModelReplicates(String modelId, Optional<ModelDelta> search, List<ModelDelta> fresh) {
    /** @throws IllegalArgumentException when there is no delta, or one of another model */
    public ModelReplicates {
        fresh = List.copyOf(fresh);
        if (search.isEmpty() && fresh.isEmpty()) {
            throw new IllegalArgumentException("model " + modelId + " has no delta");
        }
        for (ModelDelta delta : fresh) {
            requireOf(modelId, delta);
        }
        search.ifPresent(delta -> requireOf(modelId, delta));
    }

    private static void requireOf(String modelId, ModelDelta delta) {
        if (!delta.modelId().equals(modelId)) {
            throw new IllegalArgumentException("a delta of model " + delta.modelId() + " among those of " + modelId);
        }
    }

    /** The deltas that decide: the fresh ones, or the search's while there is none. */
    List<ModelDelta> deciding() {
        return fresh.isEmpty() ? search.stream().toList() : fresh;
    }

    boolean failed() {
        return deciding().stream().anyMatch(ModelDelta::failed);
    }
}
