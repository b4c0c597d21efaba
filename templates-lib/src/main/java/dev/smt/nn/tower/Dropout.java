package dev.smt.nn.tower;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Dropout (Srivastava et al. 2014) with masks of its own generator: the engine's is global to the process, so trainings
 * beside one another would change each other. Off until it is turned on.
 */
public final class Dropout extends AbstractBlock {
    private static final int LEVELS = 1 << Short.SIZE;

    private final int dropped;
    private final float scale;
    private SplittableRandom random = new SplittableRandom(0);
    private ByteBuffer mask = ByteBuffer.allocateDirect(0);
    private boolean on;

    /**
     * A new block.
     *
     * @param rate share of the values that are left out, in (0, 1), to the nearest of 65,536 levels
     */
    public Dropout(double rate) {
        this.dropped = (int) Math.min(LEVELS - 1, Math.round(rate * LEVELS));
        this.scale = (float) LEVELS / (LEVELS - dropped);
    }

    /** All dropouts of a block, in the order of its children. */
    public static List<Dropout> in(Block block) {
        return all(block).toList();
    }

    private static Stream<Dropout> all(Block block) {
        return block instanceof Dropout dropout
                ? Stream.of(dropout)
                : block.getChildren().values().stream().flatMap(Dropout::all);
    }

    /** Begins the sequence of masks anew. */
    public void seed(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Whether forward passes leave values out. */
    public void turn(boolean newOn) {
        on = newOn;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray input = inputs.head();
        if (!on) {
            return new NDList(input);
        }
        int size = Math.toIntExact(input.size());
        if (mask.capacity() < size * Float.BYTES) {
            mask = ByteBuffer.allocateDirect(size * Float.BYTES).order(ByteOrder.nativeOrder());
        }
        fill(mask.asFloatBuffer(), size);
        ByteBuffer used = mask.slice(0, size * Float.BYTES).order(ByteOrder.nativeOrder());
        return new NDList(input.mul(input.getManager().create(used, input.getShape(), DataType.FLOAT32)));
    }

    private void fill(FloatBuffer values, int size) {
        long bits = 0;
        for (int i = 0; i < size; i++) {
            bits = i % 4 == 0 ? random.nextLong() : bits >>> Short.SIZE;
            values.put(i, (bits & (LEVELS - 1)) < dropped ? 0 : scale);
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return inputs;
    }
}
