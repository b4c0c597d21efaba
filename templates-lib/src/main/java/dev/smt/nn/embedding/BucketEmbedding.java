package dev.smt.nn.embedding;

import dev.smt.data.EncodedExamples;
import dev.smt.data.Quantiles;
import java.util.List;

/** The embedding of a number by the bin it is in: one row per bin. */
public final class BucketEmbedding implements FeatureEmbedding {
    private final String feature;
    private final int position;
    private final EmbeddingTable table;
    private final double[] edges;
    private final SparseGradient gradient;
    private final int[] slots;
    private float[] numbers = {};

    /**
     * An embedding of one numeric feature.
     *
     * @param feature its name
     * @param position its place among the batch's features
     * @param capacity most rows of a batch
     * @param edges of the bins, ascending; at most one more than the table has rows
     */
    public BucketEmbedding(String feature, int position, int capacity, EmbeddingTable table, double[] edges) {
        this.feature = feature;
        this.position = position;
        this.table = table;
        this.edges = edges;
        this.gradient = new SparseGradient(table);
        this.slots = new int[capacity];
    }

    @Override
    public void read(EncodedExamples examples) {
        numbers = examples.numeric(feature);
    }

    @Override
    public void forward(int[] rows, int from, int count, FeatureVectors batch, boolean training) {
        int dimension = table.dimension();
        for (int b = 0; b < count; b++) {
            int place = table.place(Quantiles.bin(edges, numbers[rows[from + b]]));
            float[] chunk = table.chunk(place);
            int offset = table.offset(place);
            System.arraycopy(chunk, offset, batch.vectors(), batch.at(b, position), dimension);
            batch.firstOrder()[b] += chunk[offset + dimension];
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
