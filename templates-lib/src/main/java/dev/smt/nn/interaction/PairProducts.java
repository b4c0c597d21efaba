package dev.smt.nn.interaction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.smt.nn.graph.DifferentiableFunction;

/**
 * The dot products of all pairs of a row's vectors: X [B, F, D] to [B, P], P = F(F-1)/2.
 *
 * <p>With G [B, F, F] the symmetric matrix of the pairs' gradients, 0 on the diagonal, the gradient by X is G X: one
 * product, where the engine would scatter, multiply twice and add.
 */
final class PairProducts implements DifferentiableFunction {
    private final long features;
    /** [1, P]: the places of the pairs in a row of the flattened F x F products. */
    private final NDArray pairs;
    /** [1, F * F]: the pair of each place, or P on the diagonal. */
    private final NDArray places;

    PairProducts(NDManager manager, int features) {
        this.features = features;
        int count = features * (features - 1) / 2;
        long[] pairPlaces = new long[count];
        long[] placePairs = new long[features * features];
        int pair = 0;
        for (int i = 0; i < features; i++) {
            placePairs[i * features + i] = count;
            for (int j = 0; j < i; j++) {
                pairPlaces[pair] = (long) i * features + j;
                placePairs[i * features + j] = pair;
                placePairs[j * features + i] = pair++;
            }
        }
        pairs = manager.create(pairPlaces, new Shape(1, count));
        places = manager.create(placePairs, new Shape(1, placePairs.length));
    }

    @Override
    public NDArray forward(NDArray vectors) {
        long rows = vectors.getShape().get(0);
        NDArray products = vectors.batchMatMul(vectors.transpose(0, 2, 1)).reshape(rows, features * features);
        return products.gather(repeated(pairs, products), 1);
    }

    @Override
    public NDArray backward(NDArray vectors, NDArray gradient) {
        long rows = vectors.getShape().get(0);
        NDArray zeros = gradient.getManager().zeros(new Shape(rows, 1));
        NDArray padded = gradient.concat(zeros, 1);
        NDArray symmetric = padded.gather(repeated(places, padded), 1).reshape(rows, features, features);
        return symmetric.batchMatMul(vectors);
    }

    private static NDArray repeated(NDArray index, NDArray beside) {
        NDArray repeated =
                index.broadcast(beside.getShape().get(0), index.getShape().get(1));
        // A result belongs to the manager of its left operand: without this the view would live as long as the block.
        repeated.attach(beside.getManager());
        return repeated;
    }
}
