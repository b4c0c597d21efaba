package dev.smt.nn;

import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.Feature.VectorColumn;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import java.io.Serializable;
import java.util.Collection;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The representation module of each type of features (paper, Fig. 2): a new feature of a known type needs nothing else.
 * A transform has the module of what it makes, a number or an id. Sequences of ids use the id's rows, and are put together
 * by the feature template's pooling.
 *
 * @param numeric of numbers
 * @param id of ids
 * @param embedding of pretrained vectors
 * @param event of sequences
 */
public record Representations(
        NumericRepresentation numeric, IdRepresentation id, VectorRepresentation embedding, EventRepresentation event)
        implements Serializable {
    public static final Representations PLAIN = new Representations(
            NumericRepresentation.PLAIN, IdRepresentation.PLAIN, VectorRepresentation.PLAIN, EventRepresentation.PLAIN);

    public Representations {
        Objects.requireNonNull(numeric, "numeric");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(embedding, "embedding");
        Objects.requireNonNull(event, "event");
    }

    public Representations withNumeric(NumericRepresentation value) {
        return new Representations(value, id, embedding, event);
    }

    public Representations withId(IdRepresentation value) {
        return new Representations(numeric, value, embedding, event);
    }

    public Representations withEmbedding(VectorRepresentation value) {
        return new Representations(numeric, id, value, event);
    }

    public Representations withEvent(EventRepresentation value) {
        return new Representations(numeric, id, embedding, value);
    }

    /**
     * With the plain value of everything that a network of these features doesn't use: equal networks are equal.
     *
     * @param capped whether embedding tables have a cap
     */
    public Representations usedBy(Collection<Feature> features, SequencePooling pooling, boolean capped) {
        boolean ids = any(features, column -> column instanceof IdColumn || column instanceof SequenceColumn);
        return new Representations(
                any(features, NumericColumn.class::isInstance) ? numeric.ofKind() : NumericRepresentation.PLAIN,
                ids ? id.used(capped) : IdRepresentation.PLAIN,
                any(features, VectorColumn.class::isInstance) ? embedding : VectorRepresentation.PLAIN,
                any(features, SequenceColumn.class::isInstance) && pooling == SequencePooling.TARGET_ATTENTION
                        ? event
                        : EventRepresentation.PLAIN);
    }

    private static boolean any(Collection<Feature> features, Predicate<Feature.Column> holds) {
        return features.stream().map(Feature::column).anyMatch(holds);
    }
}
