package dev.smt.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.smt.data.EncodedExamples;
import dev.smt.feature.Feature;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.embedding.EmbeddingOptimizer;
import dev.smt.nn.embedding.EmbeddingTable;
import dev.smt.nn.embedding.FeatureEmbedding;
import dev.smt.nn.embedding.FeatureVectors;
import dev.smt.nn.embedding.SparseGradient;
import dev.smt.nn.network.ModuleInput.IdVectors;
import dev.smt.nn.network.ModuleInput.NarrowVectors;
import dev.smt.nn.network.TowerFeatures;
import dev.smt.nn.representation.FittedFeatures;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One tower's inputs: fills them batch by batch from encoded examples, and takes their gradients back. */
final class TowerBatch {
    /** Ends the name of a feature's second table. */
    static final String SECOND_TABLE = " (2)";

    private final TowerFeatures features;
    private final FittedFeatures fitted;
    private final int dimension;
    private final List<FeatureEmbedding> embeddings = new ArrayList<>();
    private final List<ModuleBatch> modules;
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
            FittedFeatures fitted,
            int capacity,
            NDManager manager,
            long seed,
            EmbeddingOptimizer optimizer) {
        this.features = features;
        this.fitted = fitted;
        this.dimension = specification.architecture().embeddingDimension();
        FeatureTables tables = new FeatureTables(specification, fitted, capacity, seed, optimizer);
        for (int position = 0; position < features.embedded().size(); position++) {
            embeddings.add(tables.embedding(features.embedded().get(position), position));
        }
        int embedded = embeddings.size();
        vectors = new FeatureVectors(capacity, embedded, dimension);
        gradients = new FeatureVectors(capacity, embedded, dimension);
        numbers = new float[capacity * features.numeric().size()];
        vectorMemory = Torch.memory(manager.zeros(new Shape(Math.max(1, vectors.length(capacity)))));
        numberMemory = Torch.memory(manager.zeros(new Shape(Math.max(1, numbers.length))));
        modules = features.modules().stream()
                .flatMap(input -> ModuleBatches.of(input, specification, fitted, tables, capacity, manager).stream())
                .toList();
    }

    void read(EncodedExamples examples) {
        embeddings.forEach(embedding -> embedding.read(examples));
        columns.clear();
        features.numeric().forEach(feature -> columns.add(fitted.numbers(feature, examples)));
        modules.forEach(module -> module.read(examples));
    }

    /** All embeddings, also those of representation modules. */
    List<FeatureEmbedding> embeddings() {
        return Stream.concat(embeddings.stream(), modules.stream().flatMap(module -> module.embedding().stream()))
                .toList();
    }

    /** The embedding tables by name: the feature's, and of its second table with a number. */
    Map<String, EmbeddingTable> tables() {
        List<String> names = Stream.concat(
                        features.embedded().stream(),
                        features.modules().stream()
                                .filter(input -> input instanceof NarrowVectors || input instanceof IdVectors)
                                .flatMap(input -> input.features().stream()))
                .map(Feature::name)
                .toList();
        List<FeatureEmbedding> all = embeddings();
        if (names.size() != all.size()) {
            throw new IllegalStateException(all.size() + " embeddings are those of the features " + names);
        }
        Map<String, EmbeddingTable> tables = new LinkedHashMap<>();
        for (int i = 0; i < all.size(); i++) {
            String name = names.get(i);
            for (SparseGradient gradient : all.get(i).gradients()) {
                tables.put(tables.containsKey(name) ? name + SECOND_TABLE : name, gradient.table());
            }
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
        for (ModuleBatch module : modules) {
            module.forward(rows, from, count, firstOrder, step, training, inputs);
        }
        return inputs;
    }

    /** Takes the inputs' gradients of the last forward pass, given the gradient of the logits [B]. */
    void backward(float[] logitGradient, int count, NDManager step) {
        modules.forEach(module -> module.backward(logitGradient, count, step));
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
        embeddings().forEach(embedding -> embedding.update(learningRate));
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
