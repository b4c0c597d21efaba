package dev.smt.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.smt.data.EncodedExamples;
import dev.smt.data.FittedState;
import dev.smt.data.Mixing;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.embedding.EmbeddingOptimizer;
import dev.smt.nn.embedding.EmbeddingTable;
import dev.smt.nn.embedding.FeatureEmbedding;
import dev.smt.nn.embedding.SparseGradient;
import dev.smt.nn.network.DecoupledNetwork;
import dev.smt.nn.network.RankingNetwork;
import dev.smt.nn.representation.FittedFeatures;
import dev.smt.nn.tower.Dropout;
import dev.smt.training.optimizer.DenseOptimizer;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A network with its embedding tables: from rows to outputs, and from the outputs' gradient to new parameters. Embeddings
 * live in the JVM, the dense part in native memory, which {@link #close} frees. For one thread at a time.
 */
final class RankingModel implements AutoCloseable {
    static final int USER_TOWER = 0;
    static final int ITEM_TOWER = 1;

    private final FittedFeatures fitted;
    private final NDManager manager;
    private final RankingNetwork network;
    private final ParameterStore store;
    private final List<Dropout> dropouts;
    private final DenseParameters dense;
    private final List<TowerBatch> towers;
    private final ByteBuffer gradientMemory;
    private final int capacity;
    /** O, numbers per row; the main event's come first. */
    private final int outputs;

    private final int mainOutputs;
    private boolean closed;

    /** A new model with initial parameters, of features that nothing is fitted for. */
    RankingModel(NetworkSpecification specification, int capacity, long seed, EmbeddingOptimizer optimizer) {
        this(specification, new FittedFeatures(specification, FittedState.NONE), capacity, seed, optimizer);
    }

    /**
     * A new model with initial parameters.
     *
     * @param fitted what its representations learned by counting
     * @param capacity most rows of a batch
     * @param seed of the initial parameters
     * @param optimizer of the embedding tables
     */
    RankingModel(
            NetworkSpecification specification,
            FittedFeatures fitted,
            int capacity,
            long seed,
            EmbeddingOptimizer optimizer) {
        this.fitted = fitted;
        this.capacity = capacity;
        this.outputs = specification.outputs();
        this.mainOutputs = specification.events().get(0).outputs();
        this.network = RankingNetwork.of(specification);
        this.dropouts = Dropout.in(network);
        for (int i = 0; i < dropouts.size(); i++) {
            dropouts.get(i).seed(Mixing.seed(seed, "dropout " + i));
        }
        this.manager = Torch.newManager();
        this.store = new ParameterStore(manager, false);
        this.dense = new DenseParameters(network, manager, network.inputShapes(capacity), seed);
        this.towers = network.towers().stream()
                .map(features -> new TowerBatch(features, specification, fitted, capacity, manager, seed, optimizer))
                .toList();
        this.gradientMemory = Torch.memory(manager.zeros(new Shape(capacity, outputs)));
    }

    /** Most rows of a batch. */
    int capacity() {
        return capacity;
    }

    DenseParameters dense() {
        return dense;
    }

    RankingNetwork network() {
        return network;
    }

    /** The embedding tables of all towers by name. */
    Map<String, EmbeddingTable> tables() {
        Map<String, EmbeddingTable> tables = new LinkedHashMap<>();
        towers.forEach(tower -> tables.putAll(tower.tables()));
        return tables;
    }

    /** The outputs' biases [O]. */
    float[] biases() {
        return dense.get(network.bias());
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
        try (NDManager step = manager.newSubManager()) {
            forward(rows, from, count, values, step, false);
        }
    }

    /**
     * What one of two towers says of the rows.
     *
     * @param tower {@link #USER_TOWER} or {@link #ITEM_TOWER}
     * @throws IllegalStateException when the network has one tower only
     */
    SideOutputs sideOutputs(int tower, EncodedExamples examples) {
        requireOpen();
        if (!(network instanceof DecoupledNetwork decoupled)) {
            throw new IllegalStateException("only a two-tower network has item vectors");
        }
        int events = decoupled.events();
        SideOutputs outputs = new SideOutputs(
                examples.rows(),
                new float[Math.multiplyExact(examples.rows(), events * decoupled.dimension())],
                new float[Math.multiplyExact(examples.rows(), events)]);
        towers.get(tower).read(fitted.withTransforms(examples));
        int[] rows = IntStream.range(0, examples.rows()).toArray();
        for (int from = 0; from < rows.length; from += capacity) {
            side(decoupled, tower, rows, from, Math.min(capacity, rows.length - from), outputs);
        }
        return outputs;
    }

    private void side(DecoupledNetwork decoupled, int tower, int[] rows, int from, int count, SideOutputs outputs) {
        int events = decoupled.events();
        float[] firstOrder = new float[count];
        try (NDManager step = manager.newSubManager()) {
            NDList inputs = towers.get(tower).forward(rows, from, count, firstOrder, step, false);
            NDArray vectors = decoupled.towerOutput(store, tower, inputs, false);
            int width = events * decoupled.dimension();
            Torch.memory(vectors).asFloatBuffer().get(outputs.vectors(), from * width, count * width);
            decoupled.numericFirstOrder(store, tower, inputs).ifPresent(terms -> Torch.memory(terms)
                    .asFloatBuffer()
                    .get(outputs.linear(), from * events, count * events));
        }
        for (int b = 0; b < count; b++) {
            outputs.linear()[(from + b) * events] += firstOrder[b];
        }
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
        try (NDManager step = manager.newSubManager()) {
            NDArray output = forward(rows, from, count, values, step, true);
            double value = loss.gradient(values, count, gradient);
            if (Double.isFinite(value)) {
                gradientMemory.asFloatBuffer().put(gradient, 0, count * outputs);
                Torch.backward(output, Torch.alias(step, gradientMemory, 0, new Shape(count, outputs)));
                float[] firstOrder = firstOrderGradient(gradient, count);
                towers.forEach(tower -> tower.backward(firstOrder, count, step));
                dense.takeGradients(step);
            }
            return value;
        }
    }

    /** Moves all parameters by the gradients of the last backward pass. */
    void update(DenseOptimizer optimizer, double denseLearningRate, double embeddingLearningRate) {
        towers.forEach(tower -> tower.update(embeddingLearningRate));
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

    private NDArray forward(int[] rows, int from, int count, float[] values, NDManager step, boolean training) {
        float[] firstOrder = new float[count];
        NDList inputs = new NDList();
        for (TowerBatch tower : towers) {
            inputs.addAll(tower.forward(rows, from, count, firstOrder, step, training));
        }
        dropouts.forEach(dropout -> dropout.turn(training));
        Torch.recordGradients(training);
        try {
            // Not the block's training mode: it would walk all parameters' names at every call, and no block needs it.
            NDArray output = network.forward(store, inputs, false).head();
            Torch.memory(output).asFloatBuffer().get(values, 0, count * outputs);
            for (int b = 0; b < count; b++) {
                for (int o = 0; o < mainOutputs; o++) {
                    values[b * outputs + o] += firstOrder[b];
                }
            }
            return output;
        } finally {
            dropouts.forEach(dropout -> dropout.turn(false));
            Torch.recordGradients(false);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the model is closed");
        }
    }

    @Override
    public void close() {
        closed = true;
        manager.close();
    }
}
