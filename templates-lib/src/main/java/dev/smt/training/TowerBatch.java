package dev.smt.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.smt.data.EncodedExamples;
import dev.smt.data.RowMajorColumns;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.embedding.EmbeddingOptimizer;
import dev.smt.nn.embedding.EmbeddingTable;
import dev.smt.nn.embedding.FeatureEmbedding;
import dev.smt.nn.embedding.FeatureVectors;
import dev.smt.nn.embedding.IdEmbedding;
import dev.smt.nn.embedding.SparseGradient;
import dev.smt.nn.network.ModuleInput;
import dev.smt.nn.network.ModuleInput.IdVectors;
import dev.smt.nn.network.ModuleInput.NarrowVectors;
import dev.smt.nn.network.TowerFeatures;
import dev.smt.nn.representation.FittedFeatures;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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

    /** The names of the features that each module reads. */
    private final List<Set<String>> moduleFeatures;

    private RowMajorColumns ids = RowMajorColumns.ofIds(List.of());
    private RowMajorColumns columns = RowMajorColumns.ofNumbers(List.of());
    private final FeatureVectors vectors;
    /** By worker; they share the vectors, and have first-order terms of their own. */
    private final List<FeatureVectors> gathered = new ArrayList<>();

    private final FeatureVectors gradients;
    private final float[] numbers;
    private final ByteBuffer vectorMemory;
    private final ByteBuffer numberMemory;
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
        shareOut(specification, workers);
        numbers = new float[capacity * features.numeric().size()];
        vectorMemory = Torch.memory(manager.zeros(new Shape(Math.max(1, vectors.length(capacity)))));
        numberMemory = Torch.memory(manager.zeros(new Shape(Math.max(1, numbers.length))));
        List<ModuleBatch> all = new ArrayList<>();
        List<Set<String>> names = new ArrayList<>();
        for (ModuleInput input : features.modules()) {
            ModuleBatches.of(input, specification, fitted, tables, capacity, manager)
                    .ifPresent(module -> {
                        all.add(module);
                        names.add(input.features().stream().map(Feature::name).collect(Collectors.toUnmodifiableSet()));
                    });
        }
        modules = List.copyOf(all);
        moduleFeatures = List.copyOf(names);
    }

    /** To each worker about the same number of lookups: the largest features first, each to who has the least. */
    private void shareOut(NetworkSpecification specification, int workers) {
        long[] lookups = new long[workers];
        for (int worker = 0; worker < workers; worker++) {
            shares.add(new ArrayList<>());
            gathered.add(vectors.besides());
        }
        List<Integer> positions = new ArrayList<>();
        for (int position = 0; position < embeddings.size(); position++) {
            positions.add(position);
        }
        positions.sort(Comparator.comparingInt(position -> -lookups(position, specification)));
        for (int position : positions) {
            int least = 0;
            for (int worker = 1; worker < workers; worker++) {
                least = lookups[worker] < lookups[least] ? worker : least;
            }
            lookups[least] += lookups(position, specification);
            shares.get(least).add(embeddings.get(position));
        }
    }

    private int lookups(int position, NetworkSpecification specification) {
        return features.embedded().get(position).column() instanceof SequenceColumn sequence
                ? Math.min(sequence.maxLength(), specification.maxSequenceLength())
                : 1;
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
        columns = RowMajorColumns.ofNumbers(features.numeric().stream()
                .map(feature -> fitted.numbers(feature, examples))
                .toList());
        modules.forEach(module -> module.read(examples));
    }

    /** From now on reads one feature from other examples with the same rows; the others stay as they are. */
    void reread(String feature, EncodedExamples examples) {
        int column = 0;
        for (int position = 0; position < embeddings.size(); position++) {
            boolean wanted = features.embedded().get(position).name().equals(feature);
            boolean plain = embeddings.get(position) instanceof IdEmbedding;
            if (wanted && plain) {
                ids.replaceIds(column, examples.ids(feature));
            } else if (wanted) {
                embeddings.get(position).read(examples);
            }
            column += plain ? 1 : 0;
        }
        for (int number = 0; number < features.numeric().size(); number++) {
            if (features.numeric().get(number).name().equals(feature)) {
                columns.replaceNumbers(number, fitted.numbers(features.numeric().get(number), examples));
            }
        }
        for (int module = 0; module < modules.size(); module++) {
            if (moduleFeatures.get(module).contains(feature)) {
                modules.get(module).read(examples);
            }
        }
    }

    /** All embeddings, also those of representation modules. */
    List<FeatureEmbedding> embeddings() {
        return Stream.concat(embeddings.stream(), modules.stream().flatMap(module -> module.embedding().stream()))
                .toList();
    }

    /** Looks up the vectors of a batch in a worker's tables. */
    void gather(int worker, int[] rows, int from, int count, boolean training) {
        FeatureVectors to = gathered.get(worker);
        Arrays.fill(to.firstOrder(), 0, count, 0);
        for (FeatureEmbedding embedding : shares.get(worker)) {
            embedding.forward(rows, from, count, to, training);
        }
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
            NDArray leaf = Torch.alias(step, vectorMemory, at, new Shape(slice.count(), embeddings.size(), dimension));
            if (training) {
                leaf.setRequiresGradient(true);
            }
            vectorLeaves[slice.worker()] = leaf;
            inputs.add(leaf);
        }
        if (columns.width() > 0) {
            fillNumbers(slice, rows, from);
            inputs.add(Torch.alias(
                    step, numberMemory, slice.begin() * columns.width(), new Shape(slice.count(), columns.width())));
        }
        for (ModuleBatch module : modules) {
            module.forward(rows, from, slice.count(), firstOrder, step, training, inputs);
        }
        return inputs;
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

    private void fillNumbers(Slice slice, int[] rows, int from) {
        int width = columns.width();
        for (int b = slice.begin(); b < slice.end(); b++) {
            columns.numbers(rows[from + b], numbers, b * width);
        }
        int at = slice.begin() * width;
        numberMemory.asFloatBuffer().put(at, numbers, at, slice.count() * width);
    }
}
