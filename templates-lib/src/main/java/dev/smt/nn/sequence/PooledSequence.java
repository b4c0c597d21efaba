package dev.smt.nn.sequence;

import dev.smt.data.EncodedExamples;
import dev.smt.data.EncodedExamples.Sequences;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.nn.embedding.EmbeddingTable;
import dev.smt.nn.embedding.FeatureEmbedding;
import dev.smt.nn.embedding.FeatureVectors;
import dev.smt.nn.embedding.SparseGradient;
import java.util.Arrays;

/**
 * The embedding of a sequence feature: the sum or mean of its ids' vectors (and first-order weights). Pooling is linear,
 * so it happens here, beside the lookup, and [B, L, D] is never built. An empty sequence gives zeros.
 */
public final class PooledSequence implements FeatureEmbedding {
    private final String feature;
    private final int position;
    private final int maxLength;
    private final SequencePooling pooling;
    private final EmbeddingTable table;
    private final SparseGradient gradient;
    /** Slots of all ids of the batch; those of batch row b end before {@code ends[b]}. */
    private int[] slots = new int[256];

    private final int[] ends;
    private Sequences sequences = new Sequences(new int[1], new int[0]);

    /**
     * An embedding of one sequence feature.
     *
     * @param feature its name
     * @param position its place among the batch's features
     * @param capacity most rows of a batch
     * @param maxLength ids used of each sequence, from its beginning
     */
    public PooledSequence(
            String feature, int position, int capacity, int maxLength, SequencePooling pooling, EmbeddingTable table) {
        this.feature = feature;
        this.position = position;
        this.maxLength = maxLength;
        this.pooling = pooling;
        this.table = table;
        this.gradient = new SparseGradient(table);
        this.ends = new int[capacity];
    }

    @Override
    public void read(EncodedExamples examples) {
        sequences = examples.sequences(feature);
    }

    @Override
    public void forward(int[] rows, int from, int count, FeatureVectors batch, boolean training) {
        int end = 0;
        for (int b = 0; b < count; b++) {
            int begin = sequences.offsets()[rows[from + b]];
            int length = Math.min(maxLength, sequences.offsets()[rows[from + b] + 1] - begin);
            if (training && end + length > slots.length) {
                slots = Arrays.copyOf(slots, Math.max(2 * slots.length, end + length));
            }
            pool(begin, length, batch, b, training ? end : -1);
            end += length;
            ends[b] = end;
        }
    }

    /** Pools one sequence; {@code firstSlot} is where its slots go, -1: nowhere. */
    private void pool(int begin, int length, FeatureVectors batch, int b, int firstSlot) {
        int dimension = table.dimension();
        float[] vectors = batch.vectors();
        int to = batch.at(b, position);
        Arrays.fill(vectors, to, to + dimension, 0);
        float factor = factor(length);
        float firstOrder = 0;
        for (int i = 0; i < length; i++) {
            int row = table.rowOf(sequences.values()[begin + i]);
            float[] chunk = table.chunk(row);
            int offset = table.offset(row);
            for (int d = 0; d < dimension; d++) {
                vectors[to + d] += factor * chunk[offset + d];
            }
            firstOrder += chunk[offset + dimension];
            if (firstSlot >= 0) {
                slots[firstSlot + i] = gradient.slot(row, chunk, offset);
            }
        }
        batch.firstOrder()[b] += factor * firstOrder;
    }

    @Override
    public void backward(int count, FeatureVectors output) {
        int begin = 0;
        for (int b = 0; b < count; b++) {
            float factor = factor(ends[b] - begin);
            int at = output.at(b, position);
            float firstOrder = output.firstOrder()[b];
            for (int i = begin; i < ends[b]; i++) {
                gradient.add(slots[i], output.vectors(), at, firstOrder, factor);
            }
            begin = ends[b];
        }
    }

    @Override
    public void update(double learningRate) {
        gradient.apply(learningRate);
    }

    @Override
    public EmbeddingTable table() {
        return table;
    }

    @Override
    public SparseGradient gradient() {
        return gradient;
    }

    private float factor(int length) {
        return pooling == SequencePooling.MEAN && length > 0 ? 1f / length : 1f;
    }
}
