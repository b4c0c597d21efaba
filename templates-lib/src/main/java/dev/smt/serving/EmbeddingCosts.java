package dev.smt.serving;

import dev.smt.feature.Feature;
import dev.smt.nn.NetworkSpecification;
import java.util.List;

/** What embedding tables take, and what one example reads of them, as they are served. */
final class EmbeddingCosts {
    /** Says where a row is in a table of which others were left out. */
    private static final int BYTES_PER_ROW_NUMBER = Integer.BYTES;

    private final NetworkSpecification network;
    private final ServingTemplate serving;
    private final RepresentationCosts representation;

    EmbeddingCosts(NetworkSpecification network, ServingTemplate serving) {
        this.network = network;
        this.serving = serving;
        this.representation = new RepresentationCosts(network);
    }

    /** Bytes of the tables. */
    double bytes(List<Feature> features) {
        return features.stream().mapToDouble(this::bytes).sum();
    }

    /** Bytes of the rows that an example looks up, and of the item's vectors and terms where those are cached. */
    double bytesRead(List<Feature> features) {
        double rows = features.stream()
                .mapToDouble(feature ->
                        representation.rowsRead(feature) * (bytesPerRow(feature) + (double) bytesPerRowNumber()))
                .sum();
        double item = Float.BYTES
                * (network.architecture().embeddingDimension() + 1.0)
                * network.events().size();
        return rows + (serving.cachedItemTower() ? item : 0);
    }

    private double bytes(Feature feature) {
        double rows = representation.tableRows(feature);
        double kept = rows - Math.floor(serving.prunedShare() * rows);
        return kept * bytesPerRow(feature) + rows * bytesPerRowNumber();
    }

    private double bytesPerRow(Feature feature) {
        return serving.embeddingFormat().bytesPerRow(representation.width(feature));
    }

    private int bytesPerRowNumber() {
        return serving.prunedShare() > 0 ? BYTES_PER_ROW_NUMBER : 0;
    }
}
