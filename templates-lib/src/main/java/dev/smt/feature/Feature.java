package dev.smt.feature;

import java.io.Serializable;
import java.util.Objects;

/**
 * A feature of a data pipeline.
 *
 * @param name unique in the pipeline
 * @param type the type by which top-K selection counts it
 * @param side user, item or context
 * @param column how it is encoded
 */
public record Feature(String name, FeatureType type, FeatureSide side, Column column) implements Serializable {
    public Feature {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(side, "side");
        Objects.requireNonNull(column, "column");
    }

    /** How a feature is encoded. */
    public sealed interface Column extends Serializable {}

    /** A standardized number (mean 0, variance 1 on the training rows; missing is 0). */
    public record NumericColumn() implements Column {}

    /** An id in [0, cardinality); 0 is out-of-vocabulary or missing. */
    public record IdColumn(int cardinality) implements Column {
        public IdColumn {
            requireCardinality(cardinality);
        }
    }

    /** A list of ids in [0, cardinality), the most recent first, at most maxLength of them; 0 is out-of-vocabulary. */
    public record SequenceColumn(int cardinality, int maxLength) implements Column {
        public SequenceColumn {
            requireCardinality(cardinality);
            if (maxLength < 1) {
                throw new IllegalArgumentException("max length is " + maxLength + "; allowed: 1 or more");
            }
        }
    }

    private static void requireCardinality(int cardinality) {
        if (cardinality < 1) {
            throw new IllegalArgumentException(
                    "cardinality is " + cardinality + "; allowed: 1 or more (id 0 is out-of-vocabulary)");
        }
    }
}
