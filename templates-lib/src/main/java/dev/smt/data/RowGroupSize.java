package dev.smt.data;

import dev.smt.feature.Feature;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.Feature.VectorColumn;
import java.util.List;

/** How many rows a row group of a file has: as many as are packed well, but few enough to be held in memory. */
public final class RowGroupSize {
    private static final int MOST_ROWS = 1 << 16;
    private static final int LEAST_ROWS = 1 << 8;
    private static final long MOST_VALUES = 1 << 23;

    private RowGroupSize() {}

    /** @param valuesPerRow numbers and ids of a row, at the most */
    public static int of(long valuesPerRow) {
        long rows = Long.highestOneBit(Math.max(1, MOST_VALUES / Math.max(1, valuesPerRow)));
        return (int) Math.max(LEAST_ROWS, Math.min(MOST_ROWS, rows));
    }

    static int of(List<Feature> features) {
        return of(features.stream().mapToLong(RowGroupSize::values).sum());
    }

    private static long values(Feature feature) {
        if (feature.column() instanceof SequenceColumn sequence) {
            return sequence.maxLength();
        }
        return feature.column() instanceof VectorColumn vector ? vector.width() : 1;
    }
}
