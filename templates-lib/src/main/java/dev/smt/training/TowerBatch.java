package dev.smt.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.smt.data.EncodedExamples;
import dev.smt.data.RowMajorColumns;
import dev.smt.feature.Feature;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.embedding.EmbeddingOptimizer;
import dev.smt.nn.embedding.EmbeddingTable;
import dev.smt.nn.embedding.FeatureEmbedding;
import dev.smt.nn.embedding.FeatureVectors;
import dev.smt.nn.embedding.IdEmbedding;
import dev.smt.nn.embedding.SparseGradient;
import dev.smt.nn.network.ModuleInput.IdVectors;
import dev.smt.nn.network.ModuleInput.NarrowVectors;
import dev.smt.nn.network.TowerFeatures;
import dev.smt.nn.representation.FittedFeatures;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One tower's inputs: fills them batch by batch from encoded examples, and takes their gradients back. Each table
 * belongs to one worker, and each slice of the batch's rows to one: first all gather their tables' vectors of the
 * whole batch, then all read their rows' vectors of all tables; and the same way back.
 */
final class TowerBatch {
    /** Ends the name of a feature's second table. */
    static final String SECOND_TABLE = " (2)";

    private final TowerFeatures features;
    private final FittedFeatures fitted;
    private final int dimension;
    private final List<FeatureEmbedding> embeddings = new ArrayList<>();
    /** Of one worker. */
    private final List<ModuleBatch> modules;
    /** By worker. */
    private final List<List<FeatureEmbedding>> shares = new ArrayList<>();

    private RowMajorColumns ids = RowMajorColumns.ofIds(List.of());
    private final FeatureVectors vectors;
    /** By worker; they share the vectors, and have first-order terms of their own. */
    private final List<FeatureVectors> gathered = new ArrayList<>();

    private final FeatureVectors gradients;
    private final NumberBatch numbers;
    private final ByteBuffer vectorMemory;
    /** By worker. */
    private final NDArray[] vectorLeaves;

    /**
     * A tower's inputs.
     *
     * @param capacity most rows of a batch
     * @param manager owns native memory
     * @param workers number of workers
     */
    TowerBatch(
            TowerFeatures features,
            NetworkSpecification specification,
            FittedFeatures fitted,
            int capacity,
            NDManager manager,
            long seed,
            EmbeddingOptimizer optimizer,
            int workers) {
        this.features = features;
        this.fitted = fitted;
        this.dimension = specification.architecture().embeddingDimension();
        FeatureTables tables = new FeatureTables(specification, fitted, capacity, seed, optimizer);
        for (int position = 0; position < features.embedded().size(); position++) {
            embeddings.add(tables.embedding(features.embedded().get(position), position));
        }
        int embedded = embeddings.size();
        vectorLeaves = new NDArray[workers];
        vectors = new FeatureVectors(capacity, embedded, dimension);
        gradients = new FeatureVectors(capacity, embedded, dimension);
        for (List<Integer> positions : TableShares.of(features, specification, workers)) {
            shares.add(positions.stream().map(embeddings::get).toList());
            gathered.add(vectors.besides());
        }
        numbers = new NumberBatch(features.numeric(), capacity, manager);
        vectorMemory = Torch.memory(manager.zeros(new Shape(Math.max(1, vectors.length(capacity)))));
        modules = features.modules().stream()
                .flatMap(input -> ModuleBatches.of(input, specification, fitted, tables, capacity, manager).stream())
                .toList();
    }

    /** Whose inputs these are. */
    TowerFeatures features() {
        return features;
    }

    void read(EncodedExamples examples) {
        List<IdEmbedding> plain = new ArrayList<>();
        for (FeatureEmbedding embedding : embeddings) {
            if (embedding instanceof IdEmbedding id) {
                plain.add(id);
            } else {
                embedding.read(examples);
            }
        }
        ids = RowMajorColumns.ofIds(
                plain.stream().map(id -> examples.ids(id.feature())).toList());
        for (int column = 0; column < plain.size(); column++) {
            plain.get(column).read(ids, column);
        }
        numbers.read(features.numeric().stream()
                .map(feature -> fitted.numbers(feature, examples))
                .toList());
        modules.forEach(module -> module.read(examples));
    }

    /** All embeddings, also those of representation modules. */
    List<FeatureEmbedding> embeddings() {
        return Stream.concat(embeddings.stream(), modules.stream().flatMap(module -> module.embedding().stream()))
                .toList();
    }

    /** Looks up the vectors of a batch in a worker's tables, and reads the numbers of the worker's rows. */
    void gather(int worker, int[] rows, int from, int count, boolean training) {
        numbers.gather(Slice.of(worker, gathered.size(), count), rows, from);
        FeatureVectors to = gathered.get(worker);
        Arrays.fill(to.firstOrder(), 0, count, 0);
        for (FeatureEmbedding embedding : shares.get(worker)) {
            embedding.forward(rows, from, count, to, training);
        }
    }

    /** By feature, the first-order terms [B] of a batch's ids. */
    Map<String, float[]> firstOrder(int[] rows, int from, int count) {
        Map<String, float[]> terms = new LinkedHashMap<>();
        for (int position = 0; position < embeddings.size(); position++) {
            FeatureVectors own = vectors.besides();
            embeddings.get(position).forward(rows, from, count, own, false);
            terms.put(features.embedded().get(position).name(), own.firstOrder());
        }
        modules.forEach(module -> terms.putAll(module.firstOrder(rows, from, count)));
        return terms;
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
     * The inputs of a worker's rows, when all have gathered; adds the ids' first-order terms to {@code firstOrder} [B].
     *
     * @param slice the worker's rows
     * @param from where the batch begins in {@code rows}
     * @param step owns the input tensors
     */
    NDList inputs(Slice slice, int[] rows, int from, float[] firstOrder, NDManager step, boolean training) {
        NDList inputs = new NDList();
        if (!embeddings.isEmpty()) {
            for (FeatureVectors part : gathered) {
                for (int b = slice.begin(); b < slice.end(); b++) {
                    firstOrder[b] += part.firstOrder()[b];
                }
            }
            int at = vectors.length(slice.begin());
            vectorMemory.asFloatBuffer().put(at, vectors.vectors(), at, vectors.length(slice.count()));
            NDArray leaf = vectorArray(slice, step);
            if (training) {
                leaf.setRequiresGradient(true);
            }
            vectorLeaves[slice.worker()] = leaf;
            inputs.add(leaf);
        }
        if (!features.numeric().isEmpty()) {
            numbers.write(slice);
            inputs.add(numbers.array(slice, step));
        }
        for (ModuleBatch module : modules) {
            module.forward(rows, from, slice.count(), FeatureChange.NONE, firstOrder, step, training, inputs);
        }
        return inputs;
    }

    /** The vectors [B, E, D] that are written of a slice, as an array of its own. */
    NDArray vectorArray(Slice slice, NDManager step) {
        Shape shape = new Shape(slice.count(), embeddings.size(), dimension);
        return Torch.alias(step, vectorMemory, vectors.length(slice.begin()), shape);
    }

    /** Writes one feature's vectors of a batch's first rows, as they were gathered or others in the same layout. */
    void writeVectors(int position, int count, FeatureVectors from) {
        FloatBuffer to = vectorMemory.asFloatBuffer();
        for (int b = 0; b < count; b++) {
            int at = from.at(b, position);
            to.put(at, from.vectors(), at, dimension);
        }
    }

    /** What was gathered of the features that have vectors. */
    FeatureVectors vectors() {
        return vectors;
    }

    /** Of the features that have vectors, in their order. */
    List<FeatureEmbedding> vectorEmbeddings() {
        return embeddings;
    }

    NumberBatch numbers() {
        return numbers;
    }

    List<ModuleBatch> modules() {
        return modules;
    }

    /** Takes the gradients of a worker's rows, given the gradient of the batch's first-order terms [B]. */
    void takeGradients(Slice slice, float[] firstOrderGradient, NDManager step) {
        modules.forEach(module -> module.backward(firstOrderGradient, slice.count(), step));
        if (!embeddings.isEmpty()) {
            int at = gradients.length(slice.begin());
            Torch.copyGradient(
                    vectorLeaves[slice.worker()], step, gradients.vectors(), at, gradients.length(slice.count()));
            System.arraycopy(firstOrderGradient, slice.begin(), gradients.firstOrder(), slice.begin(), slice.count());
        }
    }

    /** Brings the batch's gradients to a worker's tables, when all have taken them. */
    void backward(int worker, int count) {
        for (FeatureEmbedding embedding : shares.get(worker)) {
            embedding.backward(count, gradients);
        }
    }

    /** Moves the touched rows of a worker's tables. */
    void update(int worker, double learningRate) {
        shares.get(worker).forEach(embedding -> embedding.update(learningRate));
        if (worker == 0) {
            modules.stream()
                    .flatMap(module -> module.embedding().stream())
                    .forEach(embedding -> embedding.update(learningRate));
        }
    }
}
