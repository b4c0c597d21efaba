package dev.smt.training.sharding;

import dev.smt.nn.embedding.EmbeddingOptimizer;

/**
 * One embedding table.
 *
 * @param name of its feature
 * @param rows number of rows, 1 or more
 * @param width D, 1 or more
 */
public record TableSize(String name, int rows, int width) {
    public TableSize {
        if (rows < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "the table of " + name + " has " + rows + " rows of width " + width + "; allowed: 1 or more each");
        }
    }

    /** Bytes of the vectors and first-order weights of some of the rows, in columns of some width. */
    public static long parameterBytes(int rows, int width) {
        return (long) rows * (width + 1) * Float.BYTES;
    }

    /** Bytes that those rows have beside them: the optimizer's state and one inner field. */
    public static long stateBytes(int rows, int width, EmbeddingOptimizer optimizer) {
        return (long) rows * (optimizer.stateSize(width) + 1) * Float.BYTES;
    }
}
