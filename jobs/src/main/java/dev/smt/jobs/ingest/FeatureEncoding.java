package dev.smt.jobs.ingest;

import java.io.Serializable;

/** How a feature's raw values become an encoded column. */
public sealed interface FeatureEncoding extends Serializable {

    /**
     * A number, standardized with mean and standard deviation of the training rows.
     *
     * @param log1p take sign(x) * ln(1 + |x|) first
     */
    record Number(boolean log1p) implements FeatureEncoding {}

    /** One id per row. */
    record Id(IdEncoding ids) implements FeatureEncoding {}

    /**
     * A list of ids per row, the most recent first.
     *
     * @param maxLength the most recent ones that are kept
     * @param oldestFirst the raw lists begin with the oldest
     */
    record Sequence(IdEncoding ids, int maxLength, boolean oldestFirst) implements FeatureEncoding {}

    /**
     * A pretrained embedding vector, as it is; a row without one has zeros.
     *
     * @param width numbers of each, 1 or more
     */
    record Vector(int width) implements FeatureEncoding {}

    /** How values become ids; 0 is out-of-vocabulary or missing. */
    sealed interface IdEncoding extends Serializable {}

    /**
     * Ids 1, 2, ... by descending number of occurrences in the training rows, then by value.
     *
     * @param minCount occurrences that a value needs, 1 or more
     * @param maxSize values that get an id, 1 or more
     */
    record Vocabulary(int minCount, int maxSize) implements IdEncoding {}

    /** Id 1 + (xxhash64 of the value's text modulo {@code buckets}). */
    record Hashing(int buckets) implements IdEncoding {}
}
