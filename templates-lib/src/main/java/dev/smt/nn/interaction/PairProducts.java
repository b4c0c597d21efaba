package dev.smt.nn.interaction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.smt.nn.graph.DifferentiableFunction;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * The dot products of all pairs of a row's vectors: X [B, F, D] to [B, P], P = F(F-1)/2, by the engine or by
 * {@link PairLoops}. The results of the loops lie in memory that the next call uses again.
 */
final class PairProducts implements DifferentiableFunction {
    private final long features;
    private final long dimension;
    private final PairLoops loops;
    /** [1, P]: the places of the pairs in a row of the flattened F x F products. */
    private final NDArray pairs;

    private ByteBuffer products = ByteBuffer.allocateDirect(0);
    private ByteBuffer vectorGradients = ByteBuffer.allocateDirect(0);

    PairProducts(NDManager manager, int features, int dimension) {
        this.features = features;
        this.dimension = dimension;
        this.loops = new PairLoops(features, dimension);
        long[] places = new long[features * (features - 1) / 2];
        int pair = 0;
        for (int i = 0; i < features; i++) {
            for (int j = 0; j < i; j++) {
                places[pair++] = (long) i * features + j;
            }
        }
        pairs = manager.create(places, new Shape(1, places.length));
    }

    @Override
    public NDArray forward(NDArray vectors) {
        long rows = vectors.getShape().get(0);
        NDArray all = vectors.batchMatMul(vectors.transpose(0, 2, 1)).reshape(rows, features * features);
        NDArray index = pairs.broadcast(rows, pairs.getShape().get(1));
        // A result belongs to the manager of its left operand: without this the view would live as long as the block.
        index.attach(all.getManager());
        return all.gather(index, 1);
    }

    @Override
    public NDArray value(NDArray vectors) {
        int rows = (int) vectors.getShape().get(0);
        Shape shape = new Shape(rows, pairs.getShape().get(1));
        products = enough(products, shape);
        loops.forward(floats(vectors), rows, products.asFloatBuffer());
        return array(products, shape, vectors.getManager());
    }

    @Override
    public NDArray backward(NDArray vectors, NDArray gradient) {
        int rows = (int) vectors.getShape().get(0);
        Shape shape = new Shape(rows, features, dimension);
        vectorGradients = enough(vectorGradients, shape);
        loops.backward(floats(vectors), floats(gradient), rows, vectorGradients.asFloatBuffer());
        return array(vectorGradients, shape, vectors.getManager());
    }

    private static FloatBuffer floats(NDArray array) {
        return array.toByteBuffer(true).asFloatBuffer();
    }

    private static ByteBuffer enough(ByteBuffer memory, Shape shape) {
        int bytes = Math.toIntExact(shape.size() * Float.BYTES);
        return memory.capacity() >= bytes
                ? memory
                : ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    private static NDArray array(ByteBuffer memory, Shape shape, NDManager manager) {
        int bytes = Math.toIntExact(shape.size() * Float.BYTES);
        return manager.create(memory.slice(0, bytes).order(memory.order()), shape, DataType.FLOAT32);
    }
}
