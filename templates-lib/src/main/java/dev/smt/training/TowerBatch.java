package dev.smt.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.smt.data.EncodedExamples;
import dev.smt.data.Mixing;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.embedding.EmbeddingOptimizer;
import dev.smt.nn.embedding.EmbeddingTable;
import dev.smt.nn.embedding.FeatureEmbedding;
import dev.smt.nn.embedding.FeatureVectors;
import dev.smt.nn.embedding.IdEmbedding;
import dev.smt.nn.network.TowerFeatures;
import dev.smt.nn.sequence.PooledSequence;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One tower's inputs: fills them batch by batch from encoded examples, and takes their gradients back. */
final class TowerBatch {
    /**
     * Initial vectors are about this long. Small, so that ids of few rows hardly disturb the prediction before they have
     * been learned.
     */
    private static final double INITIAL_NORM = 0.2;

    private final TowerFeatures features;
    private final int dimension;
    private final List<FeatureEmbedding> embeddings = new ArrayList<>();
    private final List<float[]> columns = new ArrayList<>();
    private final FeatureVectors vectors;
    private final FeatureVectors gradients;
    private final float[] numbers;
    private final ByteBuffer vectorMemory;
    private final ByteBuffer numberMemory;
    private NDArray vectorLeaf;

    TowerBatch(
            TowerFeatures features,
            NetworkSpecification specification,
            int capacity,
            NDManager manager,
            long seed,
            EmbeddingOptimizer optimizer) {
        this.features = features;
        this.dimension = specification.architecture().embeddingDimension();
        for (int position = 0; position < features.embedded().size(); position++) {
            embeddings.add(
                    embedding(features.embedded().get(position), position, specification, capacity, seed, optimizer));
        }
        int embedded = embeddings.size();
        vectors = new FeatureVectors(capacity, embedded, dimension);
        gradients = new FeatureVectors(capacity, embedded, dimension);
        numbers = new float[capacity * features.numeric().size()];
        vectorMemory = Torch.memory(manager.zeros(new Shape(Math.max(1, vectors.length(capacity)))));
        numberMemory = Torch.memory(manager.zeros(new Shape(Math.max(1, numbers.length))));
    }

    private static FeatureEmbedding embedding(
            Feature feature,
            int position,
            NetworkSpecification specification,
            int capacity,
            long seed,
            EmbeddingOptimizer optimizer) {
        int cardinality = feature.column() instanceof SequenceColumn sequence
                ? sequence.cardinality()
                : ((IdColumn) feature.column()).cardinality();
        int cap = specification.architecture().embeddingBuckets();
        int rows = cap == 0 ? cardinality : Math.min(cap, cardinality);
        int dimension = specification.architecture().embeddingDimension();
        float initialScale = (float) (INITIAL_NORM / Math.sqrt(dimension));
        EmbeddingTable table =
                new EmbeddingTable(rows, dimension, initialScale, Mixing.seed(seed, feature.name()), optimizer);
        return feature.column() instanceof IdColumn
                ? new IdEmbedding(feature.name(), position, capacity, table)
                : new PooledSequence(
                        feature.name(),
                        position,
                        capacity,
                        specification.maxSequenceLength(),
                        specification.pooling(),
                        table);
    }

    void read(EncodedExamples examples) {
        embeddings.forEach(embedding -> embedding.read(examples));
        columns.clear();
        features.numeric().forEach(feature -> columns.add(examples.numeric(feature.name())));
    }

    List<FeatureEmbedding> embeddings() {
        return embeddings;
    }

    /** The embedding tables by the name of their feature. */
    Map<String, EmbeddingTable> tables() {
        Map<String, EmbeddingTable> tables = new LinkedHashMap<>();
        for (int position = 0; position < embeddings.size(); position++) {
            tables.put(
                    features.embedded().get(position).name(),
                    embeddings.get(position).table());
        }
        return tables;
    }

    /**
     * Fills the inputs of a batch, and adds the ids' first-order terms to {@code firstOrder} [B].
     *
     * @param step owns the input tensors
     */
    NDList forward(int[] rows, int from, int count, float[] firstOrder, NDManager step, boolean training) {
        NDList inputs = new NDList();
        if (!embeddings.isEmpty()) {
            Arrays.fill(vectors.firstOrder(), 0, count, 0);
            for (FeatureEmbedding embedding : embeddings) {
                embedding.forward(rows, from, count, vectors, training);
            }
            for (int b = 0; b < count; b++) {
                firstOrder[b] += vectors.firstOrder()[b];
            }
            vectorMemory.asFloatBuffer().put(vectors.vectors(), 0, vectors.length(count));
            vectorLeaf = Torch.alias(step, vectorMemory, 0, new Shape(count, embeddings.size(), dimension));
            if (training) {
                vectorLeaf.setRequiresGradient(true);
            }
            inputs.add(vectorLeaf);
        }
        if (!columns.isEmpty()) {
            fillNumbers(rows, from, count);
            inputs.add(Torch.alias(step, numberMemory, 0, new Shape(count, columns.size())));
        }
        return inputs;
    }

    /** Takes the inputs' gradients of the last forward pass, given the gradient of the logits [B]. */
    void backward(float[] logitGradient, int count, NDManager step) {
        if (embeddings.isEmpty()) {
            return;
        }
        Torch.copyGradient(vectorLeaf, step, gradients.vectors(), 0, gradients.length(count));
        System.arraycopy(logitGradient, 0, gradients.firstOrder(), 0, count);
        for (FeatureEmbedding embedding : embeddings) {
            embedding.backward(count, gradients);
        }
    }

    void update(double learningRate) {
        embeddings.forEach(embedding -> embedding.update(learningRate));
    }

    private void fillNumbers(int[] rows, int from, int count) {
        int width = columns.size();
        for (int n = 0; n < width; n++) {
            float[] column = columns.get(n);
            for (int b = 0; b < count; b++) {
                numbers[b * width + n] = column[rows[from + b]];
            }
        }
        numberMemory.asFloatBuffer().put(numbers, 0, count * width);
    }
}
