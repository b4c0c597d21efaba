package dev.smt.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.smt.data.RowMajorColumns;
import dev.smt.feature.Feature;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;

/** A tower's numbers [B, N]: fills them batch by batch. */
final class NumberBatch {
    private final List<Feature> features;
    private final float[] numbers;
    private final ByteBuffer memory;
    private RowMajorColumns columns = RowMajorColumns.ofNumbers(List.of());

    /** @param manager owns native memory */
    NumberBatch(List<Feature> features, int capacity, NDManager manager) {
        this.features = features;
        this.numbers = new float[capacity * features.size()];
        this.memory = Torch.memory(manager.zeros(new Shape(Math.max(1, numbers.length))));
    }

    /** From now on reads these columns, one per feature. */
    void read(List<float[]> all) {
        columns = RowMajorColumns.ofNumbers(all);
    }

    /** Reads the numbers of a slice. */
    void gather(Slice slice, int[] rows, int from) {
        for (int b = slice.begin(); b < slice.end() && !features.isEmpty(); b++) {
            columns.numbers(rows[from + b], numbers, b * features.size());
        }
    }

    /** Writes what was gathered. */
    void write(Slice slice) {
        int at = slice.begin() * features.size();
        memory.asFloatBuffer().put(at, numbers, at, slice.count() * features.size());
    }

    /** What is written of a slice, as an array of its own. */
    NDArray array(Slice slice, NDManager step) {
        Shape shape = new Shape(slice.count(), features.size());
        return Torch.alias(step, memory, slice.begin() * features.size(), shape);
    }

    /** The columns that a change is of. */
    int[] columns(FeatureChange change) {
        return IntStream.range(0, features.size())
                .filter(column -> change.isOf(features.get(column).name()))
                .toArray();
    }

    /** Writes a column of other rows over that of a batch, which is gathered, and what they differ by [B]. */
    void change(int column, int[] others, FloatBuffer differences) {
        FloatBuffer to = memory.asFloatBuffer();
        for (int b = 0; b < others.length; b++) {
            int at = b * features.size() + column;
            float number = columns.number(others[b], column);
            to.put(at, number);
            differences.put(b, number - numbers[at]);
        }
    }

    /** Writes the column of a batch's first rows as it was gathered. */
    void restore(int column, int count) {
        FloatBuffer to = memory.asFloatBuffer();
        for (int at = column; at < count * features.size(); at += features.size()) {
            to.put(at, numbers[at]);
        }
    }
}
