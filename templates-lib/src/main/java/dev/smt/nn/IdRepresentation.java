package dev.smt.nn;

import java.io.Serializable;
import java.util.Objects;

/**
 * How ids become vectors, alone and in sequences.
 *
 * @param kind which rows of its table an id has
 * @param minCount ids that the training rows have less often use row 0, that of ids out of the vocabulary; 0 or 1: all
 *     ids have rows of their own
 * @param dimensionTemperature alpha of mixed dimension embeddings (Ginart et al. 2019, section 3): a table of n rows has
 *     width D (m / n)^alpha, m the rows of the smallest; rounded to a power of two, and projected to D; 0 (all have D)
 *     to 1
 */
public record IdRepresentation(Kind kind, int minCount, double dimensionTemperature) implements Serializable {
    public static final IdRepresentation PLAIN = new IdRepresentation(Kind.SINGLE_ROW, 0, 0);

    /** The modules. */
    public enum Kind {
        /** An id has one row: its own, or where the table is capped and the id beyond it, that of a hash. */
        SINGLE_ROW,
        /** Where the table is capped, an id's vector is the sum of the rows of two hashes (Zhang et al. 2020). */
        DOUBLE_HASHING
    }

    public IdRepresentation {
        Objects.requireNonNull(kind, "kind");
        if (minCount < 0 || !(dimensionTemperature >= 0 && dimensionTemperature <= 1)) {
            throw new IllegalArgumentException("id representation has minimal count " + minCount
                    + " and dimension temperature " + dimensionTemperature
                    + "; allowed: count 0 (all ids) or more, temperature 0 (all tables have D) to 1");
        }
    }

    /** With the plain values of what has no effect. */
    IdRepresentation used(boolean capped) {
        return new IdRepresentation(capped ? kind : PLAIN.kind, minCount <= 1 ? 0 : minCount, dimensionTemperature);
    }
}
