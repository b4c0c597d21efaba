package dev.smt.nn.embedding;

import dev.smt.data.EncodedExamples;
import dev.smt.data.RowMajorColumns;
import java.util.List;

/** The embedding of an id feature: one lookup per row. */
public final class IdEmbedding implements FeatureEmbedding {
    private final String feature;
    private final int position;
    private final EmbeddingTable table;
    private final SparseGradient gradient;
    private final int[] places;
    private final int[] slots;
    private RowMajorColumns ids = RowMajorColumns.ofIds(List.of());
    private int column;

    /**
     * An embedding of one id feature.
     *
     * @param feature its name
     * @param position its place among the batch's features
     * @param capacity most rows of a batch
     */
    public IdEmbedding(String feature, int position, int capacity, EmbeddingTable table) {
        this.feature = feature;
        this.position = position;
        this.table = table;
        this.gradient = new SparseGradient(table);
        this.places = new int[capacity];
        this.slots = new int[capacity];
    }

    /** The feature's name. */
    public String feature() {
        return feature;
    }

    @Override
    public void read(EncodedExamples examples) {
        read(RowMajorColumns.ofIds(List.of(examples.ids(feature))), 0);
    }

    /** From now on reads the ids of this column, which others share. */
    public void read(RowMajorColumns columns, int ownColumn) {
        ids = columns;
        column = ownColumn;
    }

    @Override
    public void forward(int[] rows, int from, int count, FeatureVectors batch, boolean training) {
        for (int b = 0; b < count; b++) {
            places[b] = table.place(table.rowOf(ids.id(rows[from + b], column)));
        }
        for (int begin = 0; begin < count; begin += EmbeddingTable.FETCHED_ROWS) {
            int end = Math.min(count, begin + EmbeddingTable.FETCHED_ROWS);
            table.fetch(places, begin, end);
            copy(begin, end, batch, training);
        }
    }

    private void copy(int begin, int end, FeatureVectors batch, boolean training) {
        int dimension = table.dimension();
        float[] vectors = batch.vectors();
        float[] firstOrder = batch.firstOrder();
        for (int b = begin; b < end; b++) {
            int place = places[b];
            float[] chunk = table.chunk(place);
            int offset = table.offset(place);
            System.arraycopy(chunk, offset, vectors, batch.at(b, position), dimension);
            firstOrder[b] += chunk[offset + dimension];
            if (training) {
                slots[b] = gradient.slot(place, chunk, offset);
            }
        }
    }

    @Override
    public void backward(int count, FeatureVectors output) {
        for (int b = 0; b < count; b++) {
            gradient.add(slots[b], output.vectors(), output.at(b, position), output.firstOrder()[b], 1);
        }
    }

    @Override
    public void update(double learningRate) {
        gradient.apply(learningRate);
    }

    @Override
    public List<SparseGradient> gradients() {
        return List.of(gradient);
    }
}
