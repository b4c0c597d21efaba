package dev.smt.nn.embedding;

import dev.smt.data.EncodedExamples;
import java.util.Arrays;
import java.util.List;

/** The embedding of an id feature whose ids may have two rows, or share one because they are rare. */
public final class MappedIdEmbedding implements FeatureEmbedding {
    private final String feature;
    private final int position;
    private final EmbeddingTable table;
    private final IdRows idRows;
    private final SparseGradient gradient;
    private final int[] firstSlots;
    private final int[] secondSlots;
    private int[] ids = {};

    /**
     * An embedding of one id feature.
     *
     * @param feature its name
     * @param position its place among the batch's features
     * @param capacity most rows of a batch
     */
    public MappedIdEmbedding(String feature, int position, int capacity, EmbeddingTable table, IdRows idRows) {
        this.feature = feature;
        this.position = position;
        this.table = table;
        this.idRows = idRows;
        this.gradient = new SparseGradient(table);
        this.firstSlots = new int[capacity];
        this.secondSlots = new int[capacity];
    }

    @Override
    public void read(EncodedExamples examples) {
        ids = examples.ids(feature);
    }

    @Override
    public void forward(int[] rows, int from, int count, FeatureVectors batch, boolean training) {
        for (int b = 0; b < count; b++) {
            int id = ids[rows[from + b]];
            int to = batch.at(b, position);
            Arrays.fill(batch.vectors(), to, to + table.dimension(), 0);
            int first = idRows.first(id);
            firstSlots[b] = first == IdRows.NONE ? IdRows.NONE : add(first, batch, b, training);
            int second = idRows.second(id);
            secondSlots[b] = second == IdRows.NONE ? IdRows.NONE : add(second, batch, b, training);
        }
    }

    private int add(int row, FeatureVectors batch, int b, boolean training) {
        int place = table.place(row);
        float[] chunk = table.chunk(place);
        int offset = table.offset(place);
        int to = batch.at(b, position);
        float[] vectors = batch.vectors();
        int dimension = table.dimension();
        for (int d = 0; d < dimension; d++) {
            vectors[to + d] += chunk[offset + d];
        }
        batch.firstOrder()[b] += chunk[offset + dimension];
        return training ? gradient.slot(place, chunk, offset) : IdRows.NONE;
    }

    @Override
    public void backward(int count, FeatureVectors output) {
        for (int b = 0; b < count; b++) {
            int at = output.at(b, position);
            float firstOrder = output.firstOrder()[b];
            if (firstSlots[b] != IdRows.NONE) {
                gradient.add(firstSlots[b], output.vectors(), at, firstOrder, 1);
            }
            if (secondSlots[b] != IdRows.NONE) {
                gradient.add(secondSlots[b], output.vectors(), at, firstOrder, 1);
            }
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
