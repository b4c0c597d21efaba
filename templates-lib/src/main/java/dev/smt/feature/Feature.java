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

    /**
     * A standardized number (mean 0, variance 1 on the training rows; missing is 0). What it was made of lets a network
     * compute the raw number again; it says nothing about what the column holds.
     *
     * @param mean that was subtracted from the training rows' values
     * @param deviation by which the difference was divided, above 0
     * @param log1p the raw number x was first made sign(x) ln(1 + |x|)
     */
    public record NumericColumn(double mean, double deviation, boolean log1p) implements Column {
        public NumericColumn {
            if (!Double.isFinite(mean) || !(deviation > 0) || Double.isInfinite(deviation)) {
                throw new IllegalArgumentException("a number is standardized by mean " + mean + " and deviation "
                        + deviation + "; allowed: finite numbers, a deviation above 0");
            }
        }

        /** A number that is taken as it is. */
        public NumericColumn() {
            this(0, 1, false);
        }

        /** The raw number of a standardized value, up to rounding. */
        public double raw(float standardized) {
            double value = standardized * deviation + mean;
            return log1p ? Math.copySign(Math.expm1(Math.abs(value)), value) : value;
        }

        /** The signed logarithm of the raw number x, sign(x) ln(1 + |x|). */
        public double logarithm(float standardized) {
            double value = standardized * deviation + mean;
            return log1p ? value : Math.copySign(Math.log1p(Math.abs(value)), value);
        }
    }

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

    /** A pretrained embedding vector of finite numbers; all zeros where it is missing. */
    public record VectorColumn(int width) implements Column {
        public VectorColumn {
            if (width < 1) {
                throw new IllegalArgumentException("vector width is " + width + "; allowed: 1 or more");
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
