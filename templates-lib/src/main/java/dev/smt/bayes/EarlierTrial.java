package dev.smt.bayes;

import dev.smt.metric.ModelDelta;
import dev.smt.search.ParameterValues;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A trial of an earlier study of the same technique or template: what {@link FleetOptimizer#learnFrom} starts from.
 *
 * @param study the earlier study; each is trusted on its own
 * @param theta what was tried
 * @param deltas what the evaluated models said, those included that are not in this fleet; at least one, each model once
 */
public record EarlierTrial(String study, ParameterValues theta, List<ModelDelta> deltas) {
    public EarlierTrial {
        Objects.requireNonNull(study, "study");
        Objects.requireNonNull(theta, "theta");
        deltas = List.copyOf(deltas);
        Set<String> models = new HashSet<>();
        for (ModelDelta delta : deltas) {
            if (!models.add(delta.modelId())) {
                throw new IllegalArgumentException(
                        "study " + study + ", theta " + theta + ": model " + delta.modelId() + " is twice there");
            }
        }
        if (deltas.isEmpty()) {
            throw new IllegalArgumentException(
                    "study " + study + ", theta " + theta + ": no delta; leave out a trial that says nothing");
        }
    }
}
