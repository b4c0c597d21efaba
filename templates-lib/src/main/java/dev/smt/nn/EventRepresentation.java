package dev.smt.nn;

import java.io.Serializable;

/**
 * How event sequences become vectors, beside the feature template's pooling.
 *
 * @param attentionWidth hidden width of target attention's activation unit, 1 or more
 */
public record EventRepresentation(int attentionWidth) implements Serializable {
    public static final EventRepresentation PLAIN = new EventRepresentation(32);

    public EventRepresentation {
        if (attentionWidth < 1) {
            throw new IllegalArgumentException("attention width is " + attentionWidth + "; allowed: 1 or more");
        }
    }
}
