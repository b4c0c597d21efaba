package dev.smt.training;

import dev.smt.data.DataTemplate;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.Paradigm;
import dev.smt.serving.ServingTemplate;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * A fully resolved model: a template instantiated with a model's inputs. All that training and serving need, beside data
 * and seed.
 *
 * @param network layers, features and events
 * @param data how training rows are seen
 * @param training how it is trained
 * @param serving how it is served
 * @param hash canonical hash over all but serving (SHA-256, hex): what the training depends on
 * @param servingHash canonical hash over serving (SHA-256, hex)
 */
public record ModelSpecification(
        NetworkSpecification network,
        DataTemplate data,
        TrainingTemplate training,
        ServingTemplate serving,
        String hash,
        String servingHash)
        implements Serializable {
    private static final int MIN_PREDICTION_BATCH = 1024;

    public ModelSpecification {
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(training, "training");
        Objects.requireNonNull(serving, "serving");
        Objects.requireNonNull(hash, "hash");
        Objects.requireNonNull(servingHash, "servingHash");
        List<String> problems =
                ShardingSupport.problems(training.sharding(), network.architecture(), network.pooling());
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        if (serving.cachedItemTower() && network.architecture().paradigm() != Paradigm.DECOUPLED_SPARSE_NN) {
            throw new IllegalArgumentException("the item tower is to be cached, but the paradigm is "
                    + network.architecture().paradigm() + "; allowed: " + Paradigm.DECOUPLED_SPARSE_NN);
        }
    }

    /** A model that is served as it was trained. */
    public ModelSpecification(NetworkSpecification network, DataTemplate data, TrainingTemplate training, String hash) {
        this(network, data, training, ServingTemplate.DEFAULT, hash, "");
    }

    /** Rows that are predicted together. It decides the last bits of a prediction, so it is the same wherever that is. */
    public int predictionBatch() {
        return Math.max(MIN_PREDICTION_BATCH, training.batchSize());
    }

    /** The main event's label. */
    public String label() {
        return network.events().get(0).label();
    }
}
