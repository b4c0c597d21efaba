package dev.smt.importance;

import dev.smt.feature.Feature;
import dev.smt.feature.FeatureImportance;
import dev.smt.importance.PermutedRows.Question;
import dev.smt.training.FeatureScorer;
import java.util.List;
import java.util.Objects;

/**
 * The rise of NE when a feature's values are permuted among the rows (Breiman 2001; Fisher, Rudin, Dominici 2019). A
 * declared feature keeps its values when its sources' are permuted, and the other way round.
 *
 * @param repeats permutations per feature, 1 or more
 * @param seed of the permutations
 * @param precision when a feature is measured well enough
 */
public record PermutationImportance(int repeats, long seed, Precision precision) implements ImportanceMethod {
    /** Of the method. */
    public static final String NAME = "permutation";

    public PermutationImportance {
        Objects.requireNonNull(precision, "precision");
        if (repeats < 1) {
            throw new IllegalArgumentException("repeats is " + repeats + "; allowed: 1 or more");
        }
    }

    /** On all rows. */
    public PermutationImportance(int repeats, long seed) {
        this(repeats, seed, Precision.ALL_ROWS);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<FeatureImportance> of(ReferenceModel reference, List<Feature> features) {
        return permuted(reference).of(features.stream().map(Question::new).toList());
    }

    PermutedRows permuted(ReferenceModel reference) {
        return new PermutedRows(this, new FeatureScorer(reference.model(), reference.validation()));
    }
}
