package dev.smt.nn.sequence;

import dev.smt.data.EncodedExamples;
import dev.smt.data.EncodedExamples.Sequences;
import dev.smt.nn.embedding.EmbeddingTable;
import dev.smt.nn.embedding.FeatureEmbedding;
import dev.smt.nn.embedding.FeatureVectors;
import dev.smt.nn.embedding.IdRows;
import dev.smt.nn.embedding.SparseGradient;
import java.util.Arrays;
import java.util.List;

/**
 * The embedding of a sequence feature for attention: the vectors of its first L ids, [B, L, W], and zeros after them. The
 * first-order weights are averaged. It fills a batch of its own, in which each position is a feature.
 */
public final class UnpooledSequence implements FeatureEmbedding {
    private final String feature;
    private final int length;
    private final EmbeddingTable table;
    private final IdRows idRows;
    private final SparseGradient gradient;
    private final int[] firstSlots;
    private final int[] secondSlots;
    private final int[] lengths;
    private Sequences sequences = new Sequences(new int[1], new int[0]);

    /**
     * An embedding of one sequence feature.
     *
     * @param feature its name
     * @param capacity most rows of a batch
     * @param length L
     */
    public UnpooledSequence(String feature, int capacity, int length, EmbeddingTable table, IdRows idRows) {
        this.feature = feature;
        this.length = length;
        this.table = table;
        this.idRows = idRows;
        this.gradient = new SparseGradient(table);
        this.firstSlots = new int[capacity * length];
        this.secondSlots = new int[capacity * length];
        this.lengths = new int[capacity];
    }

    /** L. */
    public int length() {
        return length;
    }

    /** Number of ids of a row of the last batch, at most L. */
    public int length(int row) {
        return lengths[row];
    }

    @Override
    public void read(EncodedExamples examples) {
        sequences = examples.sequences(feature);
    }

    @Override
    public void forward(int[] rows, int from, int count, FeatureVectors batch, boolean training) {
        for (int b = 0; b < count; b++) {
            int begin = sequences.offsets()[rows[from + b]];
            lengths[b] = Math.min(length, sequences.offsets()[rows[from + b] + 1] - begin);
            Arrays.fill(batch.vectors(), batch.at(b, 0), batch.at(b, 0) + length * table.dimension(), 0);
            for (int i = 0; i < lengths[b]; i++) {
                int id = sequences.values()[begin + i];
                firstSlots[b * length + i] = add(idRows.first(id), batch, b, i, training);
                int second = idRows.second(id);
                secondSlots[b * length + i] = second == IdRows.NONE ? IdRows.NONE : add(second, batch, b, i, training);
            }
        }
    }

    private int add(int row, FeatureVectors batch, int b, int i, boolean training) {
        int dimension = table.dimension();
        int place = table.place(row);
        float[] chunk = table.chunk(place);
        int offset = table.offset(place);
        int to = batch.at(b, i);
        for (int d = 0; d < dimension; d++) {
            batch.vectors()[to + d] += chunk[offset + d];
        }
        batch.firstOrder()[b] += chunk[offset + dimension] / lengths[b];
        return training ? gradient.slot(place, chunk, offset) : IdRows.NONE;
    }

    @Override
    public void backward(int count, FeatureVectors output) {
        for (int b = 0; b < count; b++) {
            float firstOrder = output.firstOrder()[b] / Math.max(1, lengths[b]);
            for (int i = 0; i < lengths[b]; i++) {
                int at = output.at(b, i);
                gradient.add(firstSlots[b * length + i], output.vectors(), at, firstOrder, 1);
                if (secondSlots[b * length + i] != IdRows.NONE) {
                    gradient.add(secondSlots[b * length + i], output.vectors(), at, firstOrder, 1);
                }
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
