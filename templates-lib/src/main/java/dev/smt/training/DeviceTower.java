package dev.smt.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.smt.data.EncodedExamples;
import dev.smt.feature.Feature;
import dev.smt.nn.embedding.EmbeddingTable;
import dev.smt.nn.embedding.FeatureEmbedding;
import dev.smt.nn.embedding.FeatureVectors;
import dev.smt.nn.embedding.SparseGradient;
import dev.smt.nn.network.TowerFeatures;
import dev.smt.training.sharding.DeviceTraffic;
import dev.smt.training.sharding.TablePlacement;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One tower's inputs on one device: the device's rows of the batch, from its own copies of the replicated tables and from
 * the shards of the others, wherever they are.
 */
final class DeviceTower {
    private final DeviceNumber number;
    private final TowerFeatures features;
    private final int dimension;
    /** By position; empty where the table is sharded. */
    private final List<Optional<FeatureEmbedding>> replicated = new ArrayList<>();

    private final List<TableShard> shards = new ArrayList<>();
    private final List<ModuleBatch> modules;
    private final List<float[]> columns = new ArrayList<>();
    private final FeatureVectors vectors;
    private final FeatureVectors gradients;
    private final float[] numbers;
    private final ByteBuffer vectorMemory;
    private final ByteBuffer numberMemory;
    /** Of all devices, this one among them. */
    private List<DeviceTower> everywhere = List.of();

    private NDArray vectorLeaf;

    /** @param tables where each feature's is */
    DeviceTower(TowerFeatures features, DeviceNumber number, ModelParts model, NDManager manager) {
        this.number = number;
        this.features = features;
        this.dimension = model.specification().architecture().embeddingDimension();
        FeatureTables tables = model.tables();
        int embedded = features.embedded().size();
        for (int position = 0; position < embedded; position++) {
            Feature feature = features.embedded().get(position);
            TablePlacement placement = model.layout().table(feature.name());
            boolean here = placement.kind() == TablePlacement.Kind.REPLICATED;
            replicated.add(here ? Optional.of(tables.embedding(feature, position)) : Optional.empty());
            if (placement.devices().contains(number.device())) {
                int shard = placement.devices().indexOf(number.device());
                addShard(feature, position, shard, placement, tables, model.capacity());
            }
        }
        int devices = model.layout().devices();
        int rows = (model.capacity() + devices - 1) / devices;
        vectors = new FeatureVectors(rows, embedded, dimension);
        gradients = new FeatureVectors(rows, embedded, dimension);
        numbers = new float[rows * features.numeric().size()];
        vectorMemory = Torch.memory(manager.zeros(new Shape(Math.max(1, vectors.length(rows)))));
        numberMemory = Torch.memory(manager.zeros(new Shape(Math.max(1, numbers.length))));
        modules = features.modules().stream()
                .flatMap(input ->
                        ModuleBatches.of(input, model.specification(), model.fitted(), tables, rows, manager).stream())
                .toList();
    }

    private void addShard(
            Feature feature, int position, int shard, TablePlacement placement, FeatureTables tables, int capacity) {
        tables.shardOf(feature, shard, placement)
                .ifPresent(part -> shards.add(
                        new TableShard(number.device(), position, part, tables.part(feature, part), capacity)));
    }

    /** Called once, when all devices are there. */
    void connect(List<DeviceTower> all) {
        everywhere = all;
    }

    void read(EncodedExamples examples, ModelParts model) {
        replicated.forEach(embedding -> embedding.ifPresent(own -> own.read(examples)));
        shards.forEach(shard -> shard.embedding().read(examples));
        columns.clear();
        features.numeric().forEach(feature -> columns.add(model.fitted().numbers(feature, examples)));
        modules.forEach(module -> module.read(examples));
    }

    /** Looks up the whole batch in the shards that are here. */
    void lookUp(int[] rows, int from, int count) {
        shards.forEach(shard -> shard.lookUp(rows, from, count));
    }

    /** The inputs of the device's rows, when all have looked up; adds the ids' first-order terms to {@code firstOrder} [B]. */
    NDList inputs(Slice slice, int[] rows, int from, float[] firstOrder, NDManager step) {
        NDList inputs = new NDList();
        int count = slice.count();
        int begin = from + slice.begin();
        if (!replicated.isEmpty()) {
            fillVectors(slice, rows, begin);
            for (int b = 0; b < count; b++) {
                firstOrder[b] += vectors.firstOrder()[b];
            }
            vectorMemory.asFloatBuffer().put(vectors.vectors(), 0, vectors.length(count));
            vectorLeaf = Torch.alias(step, vectorMemory, 0, new Shape(count, replicated.size(), dimension));
            vectorLeaf.setRequiresGradient(true);
            inputs.add(vectorLeaf);
        }
        if (!columns.isEmpty()) {
            fillNumbers(rows, begin, count);
            inputs.add(Torch.alias(step, numberMemory, 0, new Shape(count, columns.size())));
        }
        for (ModuleBatch module : modules) {
            module.forward(rows, begin, count, FeatureChange.NONE, firstOrder, step, true, inputs);
        }
        return inputs;
    }

    private void fillVectors(Slice slice, int[] rows, int begin) {
        DeviceTraffic traffic = number.traffic();
        Arrays.fill(vectors.vectors(), 0, vectors.length(slice.count()), 0);
        Arrays.fill(vectors.firstOrder(), 0, slice.count(), 0);
        replicated.forEach(
                embedding -> embedding.ifPresent(own -> own.forward(rows, begin, slice.count(), vectors, true)));
        for (DeviceTower device : everywhere) {
            for (TableShard shard : device.shards) {
                traffic.tables(shard.device(), shard.send(slice, vectors));
            }
        }
    }

    /** Takes the gradients of the device's rows, given that of their first-order terms [B]. */
    void takeGradients(float[] firstOrderGradient, int count, NDManager step) {
        modules.forEach(module -> module.backward(firstOrderGradient, count, step));
        if (replicated.isEmpty()) {
            return;
        }
        Torch.copyGradient(vectorLeaf, step, gradients.vectors(), 0, gradients.length(count));
        System.arraycopy(firstOrderGradient, 0, gradients.firstOrder(), 0, count);
        replicated.forEach(embedding -> embedding.ifPresent(own -> own.backward(count, gradients)));
    }

    /** Brings the whole batch's gradients to the shards that are here, when all have taken them. */
    void backward(int count) {
        for (TableShard shard : shards) {
            for (int device = 0; device < everywhere.size(); device++) {
                Slice slice = Slice.of(device, everywhere.size(), count);
                number.traffic().tables(device, shard.receive(slice, everywhere.get(device).gradients));
            }
            shard.backward(count);
        }
    }

    /** The embeddings of which every device has a copy. */
    List<FeatureEmbedding> copies() {
        return Stream.concat(
                        replicated.stream().flatMap(Optional::stream),
                        modules.stream().flatMap(module -> module.embedding().stream()))
                .toList();
    }

    /** Number of features that have an embedding, here or elsewhere. */
    int features() {
        return replicated.size()
                + (int) modules.stream()
                        .filter(module -> module.embedding().isPresent())
                        .count();
    }

    /** Moves the rows of the shards that are here. */
    void update(double learningRate) {
        shards.forEach(shard -> shard.embedding().update(learningRate));
    }

    /** The tables that have memory on this device. */
    List<EmbeddingTable> tables() {
        return Stream.concat(copies().stream(), shards.stream().map(TableShard::embedding))
                .flatMap(embedding -> embedding.gradients().stream())
                .map(SparseGradient::table)
                .toList();
    }

    /**
     * Copies the tables' parameters to those of a model.
     *
     * @param whole the tower's embeddings, those of modules last
     * @param first whether this is the device whose copies count
     */
    void copyTo(List<FeatureEmbedding> whole, boolean first) {
        for (TableShard shard : shards) {
            copy(shard.embedding(), whole.get(shard.position()));
        }
        int position = 0;
        for (Optional<FeatureEmbedding> own : replicated) {
            FeatureEmbedding to = whole.get(position++);
            own.filter(embedding -> first).ifPresent(embedding -> copy(embedding, to));
        }
        for (ModuleBatch module : modules) {
            if (module.embedding().isPresent()) {
                FeatureEmbedding to = whole.get(position++);
                module.embedding().filter(embedding -> first).ifPresent(embedding -> copy(embedding, to));
            }
        }
    }

    private static void copy(FeatureEmbedding from, FeatureEmbedding to) {
        for (int i = 0; i < from.gradients().size(); i++) {
            from.gradients().get(i).table().copyTo(to.gradients().get(i).table());
        }
    }

    private void fillNumbers(int[] rows, int begin, int count) {
        int width = columns.size();
        for (int n = 0; n < width; n++) {
            float[] column = columns.get(n);
            for (int b = 0; b < count; b++) {
                numbers[b * width + n] = column[rows[begin + b]];
            }
        }
        numberMemory.asFloatBuffer().put(numbers, 0, count * width);
    }
}
