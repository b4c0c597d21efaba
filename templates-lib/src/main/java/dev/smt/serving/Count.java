package dev.smt.serving;

/**
 * What a part of a network costs.
 *
 * @param flops operations of one example's forward pass
 * @param parameters numbers that are served
 */
record Count(double flops, double parameters) {
    static final Count NONE = new Count(0, 0);

    /** A linear layer with a bias. */
    static Count linear(double inputs, double outputs) {
        return new Count(2 * inputs * outputs, inputs * outputs + outputs);
    }

    /** A linear layer without a bias, on several vectors. */
    static Count linearOnly(double vectors, double inputs, double outputs) {
        return new Count(vectors * (2 * inputs - 1) * outputs, inputs * outputs);
    }

    /** The product of two matrices that are no parameters: rows x inner and inner x columns. */
    static Count product(double rows, double inner, double columns) {
        return new Count(rows * (2 * inner - 1) * columns, 0);
    }

    /** A layer norm with gain and shift, of each of several vectors. */
    static Count layerNorm(double vectors, double width) {
        return new Count(vectors * (7 * width + 3), 2 * width);
    }

    /** A softmax: maximum, differences, exponentials, their sum, quotients. */
    static Count softmax(double width) {
        return new Count(5 * width - 2, 0);
    }

    /** Operations one by one, such as an activation's. */
    static Count elementwise(double flops) {
        return new Count(flops, 0);
    }

    Count plus(Count other) {
        return new Count(flops + other.flops, parameters + other.parameters);
    }

    Count times(double layers) {
        return new Count(layers * flops, layers * parameters);
    }
}
