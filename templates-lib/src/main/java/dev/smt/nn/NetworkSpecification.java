package dev.smt.nn;

import dev.smt.feature.Feature;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.feature.Transform;
import dev.smt.fleet.OptimizationEvent;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * Everything a network is built from: the architecture and the features it reads, in order.
 *
 * @param architecture layers
 * @param features the chosen features, at least one
 * @param maxSequenceLength ids used of each sequence, the most recent first
 * @param pooling of the sequences
 * @param events what it predicts, the main event first; labels are different
 * @param transforms how the features that are in no column of the examples are computed; each one's name is its text
 */
public record NetworkSpecification(
        Architecture architecture,
        List<Feature> features,
        int maxSequenceLength,
        SequencePooling pooling,
        List<OptimizationEvent> events,
        List<Transform> transforms)
        implements Serializable {
    public NetworkSpecification {
        Objects.requireNonNull(architecture, "architecture");
        features = List.copyOf(features);
        transforms = List.copyOf(transforms);
        Objects.requireNonNull(pooling, "pooling");
        events = List.copyOf(events);
        if (events.isEmpty()
                || events.stream().map(OptimizationEvent::label).distinct().count() != events.size()) {
            throw new IllegalArgumentException("events are " + events + "; allowed: at least one, each label once");
        }
        if (features.isEmpty()) {
            throw new IllegalArgumentException("a network needs at least one feature");
        }
        if (maxSequenceLength < 1) {
            throw new IllegalArgumentException("max sequence length is " + maxSequenceLength + "; allowed: 1 or more");
        }
    }

    /** A network without transforms. */
    public NetworkSpecification(
            Architecture architecture,
            List<Feature> features,
            int maxSequenceLength,
            SequencePooling pooling,
            List<OptimizationEvent> events) {
        this(architecture, features, maxSequenceLength, pooling, events, List.of());
    }

    /** O, the numbers that the network gives out for a row, event by event. */
    public int outputs() {
        return events.stream().mapToInt(OptimizationEvent::outputs).sum();
    }
}
