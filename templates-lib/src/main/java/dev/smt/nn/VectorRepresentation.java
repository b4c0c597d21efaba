package dev.smt.nn;

import java.io.Serializable;
import java.util.Objects;

/**
 * How pretrained vectors become vectors of width D. They themselves aren't trained.
 *
 * @param kind the module
 */
public record VectorRepresentation(Kind kind) implements Serializable {
    public static final VectorRepresentation PLAIN = new VectorRepresentation(Kind.PROJECTION);

    /** The modules. */
    public enum Kind {
        /** A linear layer. */
        PROJECTION,
        /** A linear layer of the vector divided by its length; a vector of zeros stays so. */
        DIRECTION_PROJECTION
    }

    public VectorRepresentation {
        Objects.requireNonNull(kind, "kind");
    }
}
