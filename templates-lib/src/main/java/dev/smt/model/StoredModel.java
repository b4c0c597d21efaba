package dev.smt.model;

import dev.smt.training.ModelSpecification;
import dev.smt.training.ModelState;
import dev.smt.training.TrainedModel;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the file of a trained model says.
 *
 * @param specification the resolved model
 * @param provenance where it comes from
 * @param metrics what was measured of it, by name, such as {@code test.click.ne}
 * @param state its parameters
 */
public record StoredModel(
        ModelSpecification specification, Provenance provenance, SortedMap<String, Double> metrics, ModelState state) {
    public StoredModel {
        Objects.requireNonNull(specification, "specification");
        Objects.requireNonNull(provenance, "provenance");
        Objects.requireNonNull(state, "state");
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
        metrics.forEach((name, value) -> {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("metric " + name + " is " + value + "; leave it out");
            }
        });
    }

    /**
     * The model, ready to score as it is served; the caller closes it.
     *
     * @throws IllegalArgumentException when the state is not that of a model of the specification
     */
    public TrainedModel open() {
        return TrainedModel.of(specification, state);
    }
}
