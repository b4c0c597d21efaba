package dev.smt.training;

import dev.smt.data.DataTemplate;
import dev.smt.nn.NetworkSpecification;
import java.io.Serializable;
import java.util.Objects;

/**
 * A fully resolved model: a template instantiated with a model's inputs. All that training needs, beside data and seed.
 *
 * @param network layers, features and events
 * @param data how training rows are seen
 * @param training how it is trained
 * @param hash canonical hash over everything above (SHA-256, hex)
 */
public record ModelSpecification(
        NetworkSpecification network, DataTemplate data, TrainingTemplate training, String hash)
        implements Serializable {
    public ModelSpecification {
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(training, "training");
        Objects.requireNonNull(hash, "hash");
    }

    /** The main event's label. */
    public String label() {
        return network.events().get(0).label();
    }
}
