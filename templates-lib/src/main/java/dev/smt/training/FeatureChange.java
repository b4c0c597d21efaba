package dev.smt.training;

import dev.smt.data.Permutation;
import java.util.Collection;
import java.util.Set;

/**
 * Some features that are read from other rows, all together; the others are read as they are. A declared feature keeps its values
 * when its sources' change, and the other way round.
 */
public final class FeatureChange {
    static final FeatureChange NONE = new FeatureChange(Set.of(), new Permutation(new int[0], 0));

    private final Set<String> features;
    private final Permutation permutation;

    /**
     * A change.
     *
     * @param permutation of all rows
     */
    public FeatureChange(Collection<String> features, Permutation permutation) {
        this.features = Set.copyOf(features);
        this.permutation = permutation;
    }

    Set<String> features() {
        return features;
    }

    Permutation permutation() {
        return permutation;
    }

    boolean isOf(String feature) {
        return features.contains(feature);
    }

    /** Where a row's values of the features are. */
    int row(int row) {
        return features.isEmpty() ? row : permutation.row(row);
    }

    /** The same of the rows of a batch. */
    int[] rows(int[] rows, int from, int count) {
        int[] changed = new int[count];
        for (int b = 0; b < count; b++) {
            changed[b] = row(rows[from + b]);
        }
        return changed;
    }
}
