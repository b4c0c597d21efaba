package dev.smt.nn.embedding;

import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.nn.NetworkSpecification;

/**
 * Rows and width of the embedding tables of ids and sequences of a network.
 *
 * <p>Widths are those of mixed dimension embeddings (Ginart et al. 2019, section 3 and Algorithm 1, with a row's
 * popularity 1 / n in a table of n rows): the smallest table has width D, one of n rows D (m / n)^alpha, to the nearest
 * power of two.
 */
public final class TableSizes {
    private final int cap;
    private final int dimension;
    private final double temperature;
    private final int fewestRows;

    public TableSizes(NetworkSpecification network) {
        this.cap = network.architecture().embeddingBuckets();
        this.dimension = network.architecture().embeddingDimension();
        this.temperature = network.architecture().representations().id().dimensionTemperature();
        this.fewestRows = network.features().stream()
                .filter(feature -> cardinality(feature) > 0)
                .mapToInt(this::rows)
                .min()
                .orElse(1);
    }

    /** Rows of a feature's table; 0 where it has no ids. */
    public int rows(Feature feature) {
        int cardinality = cardinality(feature);
        return cap == 0 ? cardinality : Math.min(cap, cardinality);
    }

    /** Whether some ids of a feature have hashed rows. */
    public boolean isHashed(Feature feature) {
        return rows(feature) < cardinality(feature);
    }

    /** Width of a feature's table, 1 to D. */
    public int width(Feature feature) {
        double share = Math.pow((double) fewestRows / rows(feature), temperature);
        if (share == 1) {
            return dimension;
        }
        double exact = Math.log(dimension * share) / Math.log(2);
        return Math.max(1, Math.min(dimension, 1 << Math.max(0, Math.round(exact))));
    }

    private static int cardinality(Feature feature) {
        if (feature.column() instanceof IdColumn id) {
            return id.cardinality();
        }
        return feature.column() instanceof SequenceColumn sequence ? sequence.cardinality() : 0;
    }
}
