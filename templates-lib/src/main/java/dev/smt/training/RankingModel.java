package dev.smt.training;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.smt.data.EncodedExamples;
import dev.smt.data.FittedState;
import dev.smt.data.Mixing;
import dev.smt.nn.Architecture;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.embedding.EmbeddingOptimizer;
import dev.smt.nn.embedding.EmbeddingTable;
import dev.smt.nn.embedding.FeatureEmbedding;
import dev.smt.nn.embedding.SparseGradient;
import dev.smt.nn.network.RankingNetwork;
import dev.smt.nn.network.TowerFeatures;
import dev.smt.nn.representation.FittedFeatures;
import dev.smt.training.optimizer.DenseOptimizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A network with its embedding tables: from rows to outputs, and from the outputs' gradient to new parameters. Embeddings
 * live in the JVM, the dense part in native memory, which {@link #close} frees. For one thread at a time, which may
 * have others help.
 */
final class RankingModel implements AutoCloseable {
    private final FittedFeatures fitted;
    private final List<DenseReplica> replicas = new ArrayList<>();
    private final DenseParameters dense;
    private final List<TowerBatch> towers;
    private final WorkerGroup workers;
    private final int capacity;
    /** O, numbers per row; the main event's come first. */
    private final int outputs;

    private final int mainOutputs;
    private final int widest;
    private boolean closed;

    /** A new model of one worker with initial parameters, of features that nothing is fitted for. */
    RankingModel(NetworkSpecification specification, int capacity, long seed, EmbeddingOptimizer optimizer) {
        this(
                specification,
                new FittedFeatures(specification, FittedState.NONE),
                capacity,
                seed,
                optimizer,
                Workers.ONE);
    }

    /**
     * A new model with initial parameters.
     *
     * @param fitted what its representations learned by counting
     * @param capacity most rows of a batch
     * @param seed of the initial parameters
     * @param optimizer of the embedding tables
     * @param of who does a step; a network with representation modules has one worker always
     */
    RankingModel(
            NetworkSpecification specification,
            FittedFeatures fitted,
            int capacity,
            long seed,
            EmbeddingOptimizer optimizer,
            Workers of) {
        this.fitted = fitted;
        this.capacity = capacity;
        this.outputs = specification.outputs();
        this.mainOutputs = specification.events().get(0).outputs();
        this.widest = widest(specification);
        int size = TowerFeatures.of(specification).stream()
                        .anyMatch(tower -> !tower.modules().isEmpty())
                ? 1
                : of.count();
        for (int worker = 0; worker < size; worker++) {
            replicas.add(new DenseReplica(specification, capacity, Mixing.seed(seed, "worker " + worker), of.device()));
        }
        NDManager manager = replicas.get(0).manager();
        Shape[] inputs = network().inputShapes(capacity);
        this.dense = new DenseParameters(network(), manager, inputs, seed, DenseParameters.Tensors.on(of.device()));
        replicas.subList(1, size).forEach(replica -> dense.share(replica.network(), replica.manager(), inputs));
        this.towers = network().towers().stream()
                .map(features ->
                        new TowerBatch(features, specification, fitted, capacity, manager, seed, optimizer, size))
                .toList();
        this.workers = new WorkerGroup(size);
    }

    /** Where the dense part computes. */
    ComputeDevice device() {
        return replicas.get(0).device();
    }

    /** Most rows of a batch. */
    int capacity() {
        return capacity;
    }

    /** Of the vectors side by side and the hidden layers, the width of the widest. */
    private static int widest(NetworkSpecification specification) {
        Architecture architecture = specification.architecture();
        IntStream vectors = TowerFeatures.of(specification).stream()
                .mapToInt(tower ->
                        (tower.vectors().size() + (tower.joint() ? 1 : 0)) * architecture.embeddingDimension());
        IntStream hidden = Stream.of(architecture.numericTower(), architecture.head())
                .flatMapToInt(widths -> widths.stream().mapToInt(width -> width));
        return IntStream.concat(vectors, hidden).max().orElseThrow();
    }

    /** Of them, those of the main event. */
    int mainOutputs() {
        return mainOutputs;
    }

    int widest() {
        return widest;
    }

    /** O, numbers per row. */
    int outputs() {
        return outputs;
    }

    DenseParameters dense() {
        return dense;
    }

    RankingNetwork network() {
        return replicas.get(0).network();
    }

    /** The embedding tables of all towers by name. */
    Map<String, EmbeddingTable> tables() {
        Map<String, EmbeddingTable> tables = new LinkedHashMap<>();
        towers.forEach(tower -> tables.putAll(tower.tables()));
        return tables;
    }

    /** The outputs' biases [O]. */
    float[] biases() {
        return dense.get(network().bias());
    }

    /** The embeddings of all towers. */
    Stream<FeatureEmbedding> embeddings() {
        return towers.stream().flatMap(tower -> tower.embeddings().stream());
    }

    /** The gradients of all embedding tables. */
    Stream<SparseGradient> gradients() {
        return embeddings().flatMap(embedding -> embedding.gradients().stream());
    }

    /** From now on reads these examples. */
    void read(EncodedExamples examples) {
        EncodedExamples all = fitted.withTransforms(examples);
        towers.forEach(tower -> tower.read(all));
    }

    /** The features with what was fitted on the training rows. */
    FittedFeatures fitted() {
        return fitted;
    }

    /** What turns a batch's outputs [B, O], flat, into their gradient, and says the loss. */
    interface Loss {
        double gradient(float[] outputs, int count, float[] gradient);
    }

    /** Writes the outputs of a batch [B, O], flat. */
    void predict(int[] rows, int from, int count, float[] values) {
        requireOpen();
        gather(rows, from, count, false);
        float[] firstOrder = new float[count];
        eachSlice(count, slice -> {
            forward(slice, rows, from, firstOrder, values, false);
            replicas.get(slice.worker()).end();
        });
    }

    /** What computes the dense part, the first worker's. */
    DenseReplica replica() {
        return replicas.get(0);
    }

    List<TowerBatch> towers() {
        return towers;
    }

    WorkerGroup workers() {
        return workers;
    }

    /**
     * One forward and backward pass: afterwards {@link #update} can be called, or the gradients looked at.
     *
     * @return the loss; where it is not finite, there are no gradients
     */
    double backward(int[] rows, int from, int count, Loss loss) {
        requireOpen();
        float[] values = new float[count * outputs];
        float[] gradient = new float[count * outputs];
        float[] firstOrder = new float[count];
        gather(rows, from, count, true);
        eachSlice(count, slice -> forward(slice, rows, from, firstOrder, values, true));
        double value = loss.gradient(values, count, gradient);
        boolean finite = Double.isFinite(value);
        float[] firstOrderGradient = firstOrderGradient(gradient, count);
        eachSlice(count, slice -> backward(slice, gradient, firstOrderGradient, finite));
        if (finite) {
            dense.sumGradients();
            workers.run(worker -> towers.forEach(tower -> tower.backward(worker, count)));
        }
        return value;
    }

    /** Moves all parameters by the gradients of the last backward pass. */
    void update(DenseOptimizer optimizer, double denseLearningRate, double embeddingLearningRate) {
        workers.run(worker -> towers.forEach(tower -> tower.update(worker, embeddingLearningRate)));
        dense.update(optimizer, denseLearningRate);
    }

    /** The gradient of the ids' first-order terms [B], which the main event's outputs share. */
    private float[] firstOrderGradient(float[] gradient, int count) {
        float[] sums = new float[count];
        for (int b = 0; b < count; b++) {
            for (int o = 0; o < mainOutputs; o++) {
                sums[b] += gradient[b * outputs + o];
            }
        }
        return sums;
    }

    /** Looks up the vectors of a batch. */
    void gather(int[] rows, int from, int count, boolean training) {
        workers.run(worker -> towers.forEach(tower -> tower.gather(worker, rows, from, count, training)));
    }

    /** Has each worker do something with its rows; it may have none. */
    private void eachSlice(int count, Consumer<Slice> part) {
        workers.run(worker -> part.accept(Slice.of(worker, workers.size(), count)));
    }

    private void forward(Slice slice, int[] rows, int from, float[] firstOrder, float[] values, boolean training) {
        DenseReplica replica = replicas.get(slice.worker());
        NDManager step = replica.begin();
        if (slice.count() == 0) {
            return;
        }
        NDList inputs = new NDList();
        for (TowerBatch tower : towers) {
            inputs.addAll(tower.inputs(slice, rows, from, firstOrder, step, training));
        }
        DenseReplica.Mode mode = training ? DenseReplica.Mode.TRAINING : DenseReplica.Mode.PREDICTION;
        replica.forward(inputs, slice.count(), values, slice.begin(), mode);
        addFirstOrder(firstOrder, slice, values);
    }

    /** Adds the ids' first-order terms [B] to the outputs [B, O] of a slice. */
    void addFirstOrder(float[] firstOrder, Slice slice, float[] values) {
        for (int b = slice.begin(); b < slice.end(); b++) {
            for (int o = 0; o < mainOutputs; o++) {
                values[b * outputs + o] += firstOrder[b];
            }
        }
    }

    private void backward(Slice slice, float[] gradient, float[] firstOrderGradient, boolean finite) {
        DenseReplica replica = replicas.get(slice.worker());
        if (finite && slice.count() == 0) {
            dense.clearGradients(slice.worker());
        } else if (finite) {
            replica.backward(gradient, slice.begin(), slice.count());
            towers.forEach(tower -> tower.takeGradients(slice, firstOrderGradient, replica.step()));
            dense.takeGradients(slice.worker(), replica.step());
        }
        replica.end();
    }

    /** @throws IllegalStateException when the model is closed */
    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the model is closed");
        }
    }

    @Override
    public void close() {
        closed = true;
        workers.close();
        replicas.forEach(DenseReplica::close);
    }
}
