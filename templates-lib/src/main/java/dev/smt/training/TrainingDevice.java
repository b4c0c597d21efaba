package dev.smt.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.smt.data.EncodedExamples;
import dev.smt.nn.embedding.FeatureEmbedding;
import dev.smt.nn.embedding.SparseGradient;
import dev.smt.nn.network.RankingNetwork;
import dev.smt.training.sharding.DeviceMeter;
import dev.smt.training.sharding.DeviceTraffic;
import dev.smt.training.sharding.MemoryUse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One device of a training: its network, its part of the parameters and tables, and its rows of each batch. A thread
 * stands in for the device.
 */
final class TrainingDevice implements AutoCloseable {
    private final NDManager manager = Torch.newManager();
    private final DeviceMeter meter = new DeviceMeter();
    private final DeviceTraffic traffic;
    private final List<DeviceTower> towers;
    private final DeviceDense dense;
    private final ByteBuffer gradientMemory;
    private final int outputs;
    private final int mainOutputs;
    private final float[] outputGradient;
    private final float[] values;
    private List<List<SparseGradient.Sums>> messages = List.of();
    private NDManager step;
    private NDArray output;

    /**
     * A device.
     *
     * @param shape of the network's inputs
     * @param denseOf makes the dense part
     */
    TrainingDevice(int device, ModelParts model, DenseLayout denseLayout, Function<Room, DeviceDense> denseOf) {
        this.traffic = new DeviceTraffic(device, model.layout().sharing());
        RankingNetwork network = RankingNetwork.of(model.specification());
        Shape[] shapes = network.inputShapes(model.capacity());
        LeafStore leaves = new LeafStore(network, manager, shapes, denseLayout);
        this.dense =
                denseOf.apply(new Room(new DeviceParts(device, network, leaves, denseLayout, manager), meter, traffic));
        DeviceNumber number = new DeviceNumber(device, traffic);
        this.towers = network.towers().stream()
                .map(features -> new DeviceTower(features, number, model, manager))
                .toList();
        this.outputs = model.specification().outputs();
        this.mainOutputs = model.specification().events().get(0).outputs();
        this.outputGradient = new float[model.capacity() * outputs];
        this.values = new float[model.capacity() * outputs];
        this.gradientMemory = Torch.memory(manager.zeros(new Shape(model.capacity(), outputs)));
    }

    /** What a dense part is made in. */
    record Room(DeviceParts parts, DeviceMeter meter, DeviceTraffic traffic) {}

    DeviceMeter meter() {
        return meter;
    }

    DeviceTraffic traffic() {
        return traffic;
    }

    DeviceDense dense() {
        return dense;
    }

    List<DeviceTower> towers() {
        return towers;
    }

    void read(EncodedExamples examples, ModelParts model) {
        towers.forEach(tower -> tower.read(examples, model));
    }

    /** Round 1: looks up the batch in the tables' shards. */
    void lookUp(int[] rows, int from, int count) {
        step = manager.newSubManager();
        towers.forEach(tower -> tower.lookUp(rows, from, count));
    }

    /** Round 2: the loss of the device's rows, as its part of the batch's mean. */
    double forward(Slice slice, int[] rows, int from, int count, RankingModel.Loss loss) {
        float[] firstOrder = new float[slice.count()];
        NDList inputs = new NDList();
        towers.forEach(tower -> inputs.addAll(tower.inputs(slice, rows, from, firstOrder, step)));
        output = dense.forward(inputs, step);
        Torch.memory(output).asFloatBuffer().get(values, 0, slice.count() * outputs);
        for (int b = 0; b < slice.count(); b++) {
            for (int o = 0; o < mainOutputs; o++) {
                values[b * outputs + o] += firstOrder[b];
            }
        }
        double mean = loss.gradient(values, slice.count(), outputGradient);
        float share = (float) slice.count() / count;
        for (int i = 0; i < slice.count() * outputs; i++) {
            outputGradient[i] *= share;
        }
        return mean * slice.count() / count;
    }

    /** Round 3: the gradients of the device's rows. */
    void backward(int count) {
        gradientMemory.asFloatBuffer().put(outputGradient, 0, count * outputs);
        dense.backward(output, Torch.alias(step, gradientMemory, 0, new Shape(count, outputs)), step);
        float[] firstOrder = new float[count];
        for (int b = 0; b < count; b++) {
            for (int o = 0; o < mainOutputs; o++) {
                firstOrder[b] += outputGradient[b * outputs + o];
            }
        }
        towers.forEach(tower -> tower.takeGradients(firstOrder, count, step));
        List<List<SparseGradient.Sums>> own = new ArrayList<>();
        towers.forEach(tower -> tower.copies().forEach(copy -> own.add(sums(copy))));
        messages = own;
    }

    private static List<SparseGradient.Sums> sums(FeatureEmbedding copy) {
        return copy.gradients().stream().map(SparseGradient::take).toList();
    }

    /** Round 4: what the tables that are here get from all devices, and the first half of the dense gradients' sum. */
    void exchange(List<TrainingDevice> devices, int count) {
        towers.forEach(tower -> tower.backward(count));
        int number = 0;
        for (DeviceTower tower : towers) {
            for (FeatureEmbedding copy : tower.copies()) {
                addMessages(devices, copy, number++);
            }
        }
        dense.reduce();
    }

    /** In the devices' order on each of them: so all copies stay the same to the last bit. */
    private void addMessages(List<TrainingDevice> devices, FeatureEmbedding copy, int number) {
        for (int device = 0; device < devices.size(); device++) {
            List<SparseGradient.Sums> sums = devices.get(device).messages.get(number);
            for (int table = 0; table < sums.size(); table++) {
                copy.gradients().get(table).add(sums.get(table));
                traffic.tables(device, sums.get(table).bytes());
            }
        }
    }

    /** Round 5. */
    void gather() {
        dense.gather();
    }

    /** Round 6: moves what is here. */
    void update(double denseRate, double embeddingRate) {
        dense.update(denseRate);
        towers.forEach(tower -> {
            tower.update(embeddingRate);
            tower.copies().forEach(copy -> copy.update(embeddingRate));
        });
        meter.set(MemoryUse.TABLE_PARAMETERS, tableBytes(table -> table.parameterBytes()));
        meter.set(MemoryUse.TABLE_STATE, tableBytes(table -> table.stateBytes()));
        endStep();
    }

    private long tableBytes(java.util.function.ToLongFunction<dev.smt.nn.embedding.EmbeddingTable> bytes) {
        return towers.stream()
                .flatMap(tower -> tower.tables().stream())
                .mapToLong(bytes)
                .sum();
    }

    /** Frees what lives for one step. */
    void endStep() {
        step.close();
    }

    @Override
    public void close() {
        manager.close();
    }
}
