package dev.smt.nn.sequence;

import dev.smt.nn.embedding.EmbeddingTable;
import dev.smt.nn.embedding.SparseGradient;

/**
 * A learned weight for each position of a feature's sequences, 1 at first (TorchRec's PositionWeightedModule). The weights
 * are the rows of a table of width 1, so whatever moves embeddings moves them.
 */
final class PositionWeights {
    private final SparseGradient gradient;
    private final float[] product = new float[1];

    /** @param table of width 1, with a row for each position; all become 1 */
    PositionWeights(EmbeddingTable table) {
        this.gradient = new SparseGradient(table);
        for (int position = 0; position < table.rows(); position++) {
            table.set(position, new float[] {1}, 0);
        }
    }

    float at(int position) {
        EmbeddingTable table = gradient.table();
        int place = table.place(position);
        return table.chunk(place)[table.offset(place)];
    }

    /** Adds to the gradient of a position's weight. */
    void add(int position, float value) {
        product[0] = value;
        gradient.add(gradient.slotOf(position), product, 0, 0, 1);
    }

    SparseGradient gradient() {
        return gradient;
    }
}
