package dev.smt.nn;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * The architecture part of a template (paper, section 3.2.1).
 *
 * @param paradigm single tower or two towers
 * @param embeddingDimension D, the width of every feature's vector
 * @param embeddingBuckets cap on the rows of every embedding table, ids above it are hashed into it; 0: no cap
 * @param numericTower hidden widths of the tower that turns the numeric features into one vector of width D
 * @param interactions the modules whose outputs are concatenated, each kind at most once (in each tower, where two);
 *     sorted by kind, whatever order they are given in
 * @param interactionWidth width to which every module compresses its output by a linear layer of its own, so that one
 *     module can be swapped for another without a change of any other parameter's shape; 0: no such layer, the head's
 *     first layer is as wide as the modules' outputs make it
 * @param head hidden widths between interaction and the logits (in each tower, where two: the towers end in width D)
 * @param experts number of perceptrons of those widths that each event mixes for itself (MMoE); 0: all events share one
 * @param hiddenLayers what follows the linear maps of the perceptrons' hidden layers; dropout is the head's only
 * @param representations how the features become vectors, by type
 */
public record Architecture(
        Paradigm paradigm,
        int embeddingDimension,
        int embeddingBuckets,
        List<Integer> numericTower,
        List<Interaction> interactions,
        int interactionWidth,
        List<Integer> head,
        int experts,
        HiddenLayers hiddenLayers,
        Representations representations)
        implements Serializable {
    public Architecture {
        Objects.requireNonNull(paradigm, "paradigm");
        Objects.requireNonNull(hiddenLayers, "hiddenLayers");
        Objects.requireNonNull(representations, "representations");
        numericTower = List.copyOf(numericTower);
        interactions = interactions.stream()
                .sorted(Comparator.comparing(Interaction::kind))
                .toList();
        head = List.copyOf(head);
        if (embeddingDimension < 1 || embeddingBuckets < 0) {
            throw new IllegalArgumentException("embedding dimension is " + embeddingDimension + ", buckets "
                    + embeddingBuckets + "; allowed: dimension 1 or more, buckets 0 (no cap) or more");
        }
        if (interactionWidth < 0) {
            throw new IllegalArgumentException("interaction width is " + interactionWidth
                    + "; allowed: 0 (as wide as the modules' own outputs) or more");
        }
        if (experts < 0 || experts > 0 && head.isEmpty()) {
            throw new IllegalArgumentException("experts are " + experts + " with head " + head
                    + "; allowed: 0 (one head for all events), or 1 or more where the head has hidden layers");
        }
        long kinds = interactions.stream().map(Interaction::kind).distinct().count();
        if (interactions.isEmpty() || kinds != interactions.size()) {
            throw new IllegalArgumentException(
                    "interactions are " + interactions + "; allowed: at least one, each kind at most once");
        }
        for (List<Integer> widths : List.of(numericTower, head)) {
            if (widths.stream().anyMatch(width -> width < 1)) {
                throw new IllegalArgumentException("layer widths are " + widths + "; allowed: 1 or more each");
            }
        }
        for (Interaction interaction : interactions) {
            if (embeddingDimension < interaction.leastDimension()) {
                throw new IllegalArgumentException("interaction " + interaction + " normalizes feature vectors, and the"
                        + " embedding dimension is " + embeddingDimension + ", so that all would become constants;"
                        + " allowed: " + interaction.leastDimension() + " or more, or another interaction");
            }
        }
    }

    /**
     * An architecture with the plainest representations, whose interaction modules are as wide as their own outputs, and
     * with one head for all events.
     */
    public Architecture(
            Paradigm paradigm,
            int embeddingDimension,
            int embeddingBuckets,
            List<Integer> numericTower,
            List<Interaction> interactions,
            List<Integer> head) {
        this(
                paradigm,
                embeddingDimension,
                embeddingBuckets,
                numericTower,
                interactions,
                0,
                head,
                0,
                HiddenLayers.DEFAULT,
                Representations.PLAIN);
    }

    /** A copy with other interactions. */
    public Architecture withInteractions(List<Interaction> value) {
        return with(value, interactionWidth, experts, hiddenLayers, representations);
    }

    /** A copy with another width of the interactions' outputs; 0: their own. */
    public Architecture withInteractionWidth(int value) {
        return with(interactions, value, experts, hiddenLayers, representations);
    }

    /** A copy with another number of experts; 0: one head for all events. */
    public Architecture withExperts(int value) {
        return with(interactions, interactionWidth, value, hiddenLayers, representations);
    }

    /** A copy with other hidden layers. */
    public Architecture withHiddenLayers(HiddenLayers value) {
        return with(interactions, interactionWidth, experts, value, representations);
    }

    /** A copy with other representations. */
    public Architecture withRepresentations(Representations value) {
        return with(interactions, interactionWidth, experts, hiddenLayers, value);
    }

    private Architecture with(
            List<Interaction> newInteractions,
            int newWidth,
            int newExperts,
            HiddenLayers newHiddenLayers,
            Representations newRepresentations) {
        return new Architecture(
                paradigm,
                embeddingDimension,
                embeddingBuckets,
                numericTower,
                newInteractions,
                newWidth,
                head,
                newExperts,
                newHiddenLayers,
                newRepresentations);
    }
}
