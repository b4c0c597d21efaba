package dev.smt.nn.interaction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;

/** Views of feature vectors and of batches of rows. */
final class Vectors {
    private Vectors() {}

    /** [B, F, D] as [B, F * D]. */
    static NDList flat(NDList vectors) {
        Shape shape = vectors.head().getShape();
        return new NDList(vectors.head().reshape(shape.get(0), shape.get(1) * shape.get(2)));
    }

    /** Arrays [B, W] side by side. */
    static NDArray sideBySide(NDList arrays) {
        // The engine's concatenation of a single array is a copy that has no gradient.
        return arrays.size() == 1 ? arrays.head() : NDArrays.concat(arrays, 1);
    }
}
