package dev.smt.nn.sequence;

import dev.smt.data.EncodedExamples;
import dev.smt.data.EncodedExamples.Sequences;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.nn.embedding.EmbeddingTable;
import dev.smt.nn.embedding.FeatureEmbedding;
import dev.smt.nn.embedding.FeatureVectors;
import dev.smt.nn.embedding.IdRows;
import dev.smt.nn.embedding.SparseGradient;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The embedding of a sequence feature: the sum, mean or position-weighted sum of its ids' vectors (and first-order
 * weights). Pooling is linear, so it happens here, beside the lookup, and [B, L, D] is never built. An empty sequence
 * gives zeros.
 */
public final class PooledSequence implements FeatureEmbedding {
    private final String feature;
    private final int position;
    private final int maxLength;
    private final boolean mean;
    private final EmbeddingTable table;
    private final IdRows idRows;
    private final SparseGradient gradient;
    private final Optional<PositionWeights> weights;
    private final boolean plain;
    /** Slots of all ids of the batch, as many per id as it may have rows; those of batch row b end before ends[b]. */
    private int[] slots = new int[256];

    private final int[] ends;
    private Sequences sequences = new Sequences(new int[1], new int[0]);

    private PooledSequence(
            String feature,
            int position,
            int capacity,
            int maxLength,
            boolean mean,
            EmbeddingTable table,
            IdRows idRows,
            Optional<PositionWeights> weights) {
        this.feature = feature;
        this.position = position;
        this.maxLength = maxLength;
        this.mean = mean;
        this.table = table;
        this.idRows = idRows;
        this.gradient = new SparseGradient(table);
        this.weights = weights;
        this.plain = weights.isEmpty() && idRows.isPlain();
        this.ends = new int[capacity];
    }

    /**
     * The sum or mean of one sequence feature.
     *
     * @param feature its name
     * @param position its place among the batch's features
     * @param capacity most rows of a batch
     * @param maxLength ids used of each sequence, from its beginning
     * @param pooling sum or mean
     */
    public PooledSequence(
            String feature,
            int position,
            int capacity,
            int maxLength,
            SequencePooling pooling,
            EmbeddingTable table,
            IdRows idRows) {
        this(feature, position, capacity, maxLength, pooling == SequencePooling.MEAN, table, idRows, Optional.empty());
        if (pooling != SequencePooling.SUM && pooling != SequencePooling.MEAN) {
            throw new IllegalArgumentException("pooling is " + pooling + "; allowed here: SUM, MEAN");
        }
    }

    /**
     * The position-weighted sum of one sequence feature.
     *
     * @param positions of width 1, with a row for each position that is used of a sequence; all become 1
     */
    public static PooledSequence positionWeighted(
            String feature, int position, int capacity, EmbeddingTable table, IdRows idRows, EmbeddingTable positions) {
        return new PooledSequence(
                feature,
                position,
                capacity,
                positions.rows(),
                false,
                table,
                idRows,
                Optional.of(new PositionWeights(positions)));
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
            int needed = (end + length) * idRows.most();
            if (training && needed > slots.length) {
                slots = Arrays.copyOf(slots, Math.max(2 * slots.length, needed));
            }
            pool(begin, length, batch, b, training ? end * idRows.most() : -1);
            end += length;
            ends[b] = end;
        }
    }

    /** Pools one sequence; {@code slot} is where its slots go, -1: nowhere. */
    private void pool(int begin, int length, FeatureVectors batch, int b, int slot) {
        int to = batch.at(b, position);
        Arrays.fill(batch.vectors(), to, to + table.dimension(), 0);
        float factor = factor(length);
        float firstOrder = plain
                ? plainSum(begin, length, factor, batch.vectors(), to, slot)
                : weightedSum(begin, length, factor, batch.vectors(), to, slot);
        batch.firstOrder()[b] += factor * firstOrder;
    }

    /** The tight loop of ids that have one row and weigh the same; the sum of the first-order weights is given back. */
    private float plainSum(int begin, int length, float factor, float[] vectors, int to, int slot) {
        int dimension = table.dimension();
        float firstOrder = 0;
        for (int i = 0; i < length; i++) {
            int place = table.place(table.rowOf(sequences.values()[begin + i]));
            float[] chunk = table.chunk(place);
            int offset = table.offset(place);
            for (int d = 0; d < dimension; d++) {
                vectors[to + d] += factor * chunk[offset + d];
            }
            firstOrder += chunk[offset + dimension];
            if (slot >= 0) {
                slots[slot + i] = gradient.slot(place, chunk, offset);
            }
        }
        return firstOrder;
    }

    private float weightedSum(int begin, int length, float factor, float[] vectors, int to, int slot) {
        int next = slot;
        float firstOrder = 0;
        for (int i = 0; i < length; i++) {
            int id = sequences.values()[begin + i];
            float weight = weights.isPresent() ? weights.get().at(i) : 1;
            firstOrder += add(idRows.first(id), factor * weight, weight, vectors, to, next);
            if (idRows.most() == 2) {
                int second = idRows.second(id);
                if (second != IdRows.NONE) {
                    firstOrder += add(second, factor * weight, weight, vectors, to, next < 0 ? -1 : next + 1);
                } else if (next >= 0) {
                    slots[next + 1] = IdRows.NONE;
                }
            }
            next = next < 0 ? -1 : next + idRows.most();
        }
        return firstOrder;
    }

    /** Adds one row's vector times a factor; the first-order weight, times its own, is given back. */
    private float add(int row, float factor, float firstOrderFactor, float[] vectors, int to, int slot) {
        if (row == IdRows.NONE) {
            if (slot >= 0) {
                slots[slot] = IdRows.NONE;
            }
            return 0;
        }
        int dimension = table.dimension();
        int place = table.place(row);
        float[] chunk = table.chunk(place);
        int offset = table.offset(place);
        for (int d = 0; d < dimension; d++) {
            vectors[to + d] += factor * chunk[offset + d];
        }
        if (slot >= 0) {
            slots[slot] = gradient.slot(place, chunk, offset);
        }
        return firstOrderFactor * chunk[offset + dimension];
    }

    @Override
    public void backward(int count, FeatureVectors output) {
        int begin = 0;
        for (int b = 0; b < count; b++) {
            float factor = factor(ends[b] - begin);
            if (plain) {
                int at = output.at(b, position);
                float firstOrder = output.firstOrder()[b];
                for (int i = begin; i < ends[b]; i++) {
                    gradient.add(slots[i], output.vectors(), at, firstOrder, factor);
                }
            } else {
                weightedBackward(begin, b, factor, output);
            }
            begin = ends[b];
        }
    }

    private void weightedBackward(int begin, int b, float factor, FeatureVectors output) {
        for (int i = begin; i < ends[b]; i++) {
            float weight = weights.isPresent() ? weights.get().at(i - begin) : 1;
            for (int s = i * idRows.most(); s < (i + 1) * idRows.most(); s++) {
                if (slots[s] != IdRows.NONE) {
                    backward(slots[s], i - begin, b, factor * weight, output);
                }
            }
        }
    }

    private void backward(int slot, int inSequence, int b, float factor, FeatureVectors output) {
        int at = output.at(b, position);
        float firstOrder = output.firstOrder()[b];
        gradient.add(slot, output.vectors(), at, firstOrder, factor);
        if (weights.isPresent()) {
            int place = gradient.place(slot);
            float[] chunk = table.chunk(place);
            int offset = table.offset(place);
            float product = firstOrder * chunk[offset + table.dimension()];
            for (int d = 0; d < table.dimension(); d++) {
                product += output.vectors()[at + d] * chunk[offset + d];
            }
            weights.get().add(inSequence, product);
        }
    }

    @Override
    public void update(double learningRate) {
        gradients().forEach(each -> each.apply(learningRate));
    }

    @Override
    public List<SparseGradient> gradients() {
        return weights.map(positions -> List.of(gradient, positions.gradient())).orElse(List.of(gradient));
    }

    private float factor(int length) {
        return mean && length > 0 ? 1f / length : 1f;
    }
}
