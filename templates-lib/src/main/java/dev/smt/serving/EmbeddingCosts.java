package dev.smt.serving;

import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.nn.NetworkSpecification;
import java.util.List;

/** What embedding tables take, and what one example reads of them, as they are served. */
record EmbeddingCosts(NetworkSpecification network, ServingTemplate serving) {
    /** Says where a row is in a table of which others were left out. */
    private static final int BYTES_PER_ROW_NUMBER = Integer.BYTES;

    /** Bytes of the tables. */
    double bytes(List<Feature> features) {
        return features.stream().mapToDouble(this::bytes).sum();
    }

    /** Bytes of the rows that an example looks up, and of the item vectors where those are cached. */
    double bytesRead(List<Feature> features) {
        double rows = features.stream()
                .mapToDouble(feature -> rowsRead(network, feature))
                .sum();
        double items = serving.cachedItemTower()
                ? Float.BYTES
                        * (network.architecture().embeddingDimension() + 1.0)
                        * network.events().size()
                : 0;
        return rows * (bytesPerRow() + bytesPerRowNumber()) + items;
    }

    /** Rows of a feature that one example looks up. */
    static int rowsRead(NetworkSpecification network, Feature feature) {
        if (feature.column() instanceof SequenceColumn sequence) {
            return Math.min(network.maxSequenceLength(), sequence.maxLength());
        }
        return feature.column() instanceof IdColumn ? 1 : 0;
    }

    private double bytes(Feature feature) {
        int rows = 0;
        if (feature.column() instanceof IdColumn id) {
            rows = rows(id.cardinality());
        } else if (feature.column() instanceof SequenceColumn sequence) {
            rows = rows(sequence.cardinality());
        }
        double kept = rows - Math.floor(serving.prunedShare() * rows);
        return kept * bytesPerRow() + (double) rows * bytesPerRowNumber();
    }

    private int bytesPerRow() {
        return serving.embeddingFormat().bytesPerRow(network.architecture().embeddingDimension());
    }

    private int bytesPerRowNumber() {
        return serving.prunedShare() > 0 ? BYTES_PER_ROW_NUMBER : 0;
    }

    private int rows(int cardinality) {
        int cap = network.architecture().embeddingBuckets();
        return cap > 0 ? Math.min(cap, cardinality) : cardinality;
    }
}
