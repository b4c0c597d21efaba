package dev.smt.nn.embedding;

/**
 * The vectors of all embedded features of one batch, and their first-order terms; with the same layout, the gradients of
 * both. Rows are at most the capacity; reused from batch to batch.
 */
public final class FeatureVectors {
    private final int features;
    private final int dimension;
    private final float[] vectors;
    private final float[] firstOrder;

    public FeatureVectors(int capacity, int features, int dimension) {
        this.features = features;
        this.dimension = dimension;
        this.vectors = new float[Math.multiplyExact(capacity, Math.multiplyExact(features, dimension))];
        this.firstOrder = new float[capacity];
    }

    private FeatureVectors(FeatureVectors other) {
        this.features = other.features;
        this.dimension = other.dimension;
        this.vectors = other.vectors;
        this.firstOrder = new float[other.firstOrder.length];
    }

    /** The same vectors, beside first-order terms of their own: for another thread that writes other features. */
    public FeatureVectors besides() {
        return new FeatureVectors(this);
    }

    /** Vectors and first-order terms of the same layout, for fewer rows or more. */
    public FeatureVectors empty(int capacity) {
        return new FeatureVectors(capacity, features, dimension);
    }

    /** All vectors [B, F, D], flat. */
    public float[] vectors() {
        return vectors;
    }

    /** The sum over the features of their first-order terms [B]. */
    public float[] firstOrder() {
        return firstOrder;
    }

    /** Where the vector of a batch row and feature begins in {@link #vectors}. */
    public int at(int row, int feature) {
        return (row * features + feature) * dimension;
    }

    /** Number of floats of a batch's vectors. */
    public int length(int batchRows) {
        return batchRows * features * dimension;
    }
}
