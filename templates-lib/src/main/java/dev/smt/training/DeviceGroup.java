package dev.smt.training;

import dev.smt.data.EncodedExamples;
import dev.smt.nn.embedding.FeatureEmbedding;
import dev.smt.training.optimizer.DenseOptimizer;
import dev.smt.training.sharding.AllReduce;
import dev.smt.training.sharding.Range;
import dev.smt.training.sharding.Rendezvous;
import dev.smt.training.sharding.ShardingLayout;
import dev.smt.training.sharding.Strategy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All devices of one training: each step they share the rows of a batch. The order of all sums is fixed, so results depend
 * on the layout, not on which thread was faster.
 */
final class DeviceGroup implements AutoCloseable {
    private final ModelParts model;
    private final ShardingLayout layout;
    private final List<TrainingDevice> devices = new ArrayList<>();
    private final List<Rendezvous> meetings = new ArrayList<>();
    private final WorkerGroup workers;

    /**
     * The devices of a training.
     *
     * @param start has the initial dense parameters
     */
    DeviceGroup(ModelParts model, DenseParameters start, TrainingTemplate template) {
        this.model = model;
        this.layout = model.layout();
        DenseLayout denseLayout = start.layout();
        for (int device = 0; device < layout.devices(); device++) {
            devices.add(new TrainingDevice(
                    device,
                    model,
                    denseLayout,
                    room -> layout.strategy() == Strategy.DATA_PARALLEL
                            ? replicated(room, start, template)
                            : sharded(room, start, template)));
        }
        if (layout.strategy() == Strategy.DATA_PARALLEL) {
            connectReplicated();
        } else {
            connectSharded();
        }
        for (int tower = 0; tower < devices.get(0).towers().size(); tower++) {
            int number = tower;
            List<DeviceTower> all =
                    devices.stream().map(device -> device.towers().get(number)).toList();
            all.forEach(each -> each.connect(all));
        }
        this.workers = new WorkerGroup(layout.devices());
    }

    private static ReplicatedDense replicated(
            TrainingDevice.Room room, DenseParameters start, TrainingTemplate template) {
        DenseOptimizer optimizer = DenseOptimizer.of(template.optimizer(), start.decayed(), template.weightDecay());
        return new ReplicatedDense(room.parts(), start.values(), optimizer, room.meter(), room.traffic());
    }

    private ShardedDense sharded(TrainingDevice.Room room, DenseParameters start, TrainingTemplate template) {
        int member = room.parts().device() % layout.sharing();
        Range shard = Range.part(member, layout.sharing(), start.values().length);
        float[] decayed = Arrays.copyOfRange(start.decayed(), shard.from(), shard.to());
        DenseOptimizer optimizer = DenseOptimizer.of(template.optimizer(), decayed, template.weightDecay());
        return new ShardedDense(room.parts(), shard, start.values(), optimizer, room.meter(), room.traffic());
    }

    private void connectReplicated() {
        List<ReplicatedDense> all =
                devices.stream().map(device -> (ReplicatedDense) device.dense()).toList();
        AllReduce sum = new AllReduce(
                all.stream().map(ReplicatedDense::gradient).toList(),
                IntStream.range(0, all.size()).boxed().toList());
        all.forEach(each -> each.connect(sum));
    }

    private void connectSharded() {
        int size = layout.sharing();
        List<ShardedDense> all =
                devices.stream().map(device -> (ShardedDense) device.dense()).toList();
        List<AllReduce> sums = new ArrayList<>();
        for (int member = 0; member < size; member++) {
            int first = member;
            List<Integer> same = IntStream.range(0, all.size() / size)
                    .mapToObj(group -> group * size + first)
                    .toList();
            sums.add(new AllReduce(
                    same.stream().map(device -> all.get(device).gradient()).toList(), same));
        }
        for (int group = 0; group < all.size() / size; group++) {
            Rendezvous meeting = new Rendezvous(size);
            meetings.add(meeting);
            List<ShardedDense> members = all.subList(group * size, (group + 1) * size);
            for (int member = 0; member < size; member++) {
                members.get(member).connect(members, meeting, sums.get(member), group);
            }
        }
    }

    List<TrainingDevice> devices() {
        return devices;
    }

    /** From now on reads these examples. */
    void read(EncodedExamples examples) {
        EncodedExamples all = model.fitted().withTransforms(examples);
        devices.forEach(device -> device.read(all, model));
    }

    /** The loss of some of a batch's rows: those from {@code from} on. */
    interface BatchLoss {
        double gradient(int from, int count, float[] outputs, float[] gradient);
    }

    /**
     * The forward pass of a step; the loss is the mean over the batch.
     *
     * @param count rows of the batch, at least as many as devices
     */
    double forward(int[] rows, int from, int count, BatchLoss loss) {
        double[] losses = new double[devices.size()];
        each(device -> devices.get(device).lookUp(rows, from, count));
        each(device -> {
            Slice slice = Slice.of(device, devices.size(), count);
            losses[device] = devices.get(device)
                    .forward(
                            slice,
                            rows,
                            from,
                            count,
                            (outputs, n, gradient) -> loss.gradient(from + slice.begin(), n, outputs, gradient));
        });
        return Arrays.stream(losses).sum();
    }

    /** The rest of the step. */
    void backward(int count, double denseRate, double embeddingRate) {
        each(device -> devices.get(device)
                .backward(Slice.of(device, devices.size(), count).count()));
        each(device -> devices.get(device).exchange(devices, count));
        each(device -> devices.get(device).gather());
        each(device -> devices.get(device).update(denseRate, embeddingRate));
    }

    private void each(WorkerGroup.Part part) {
        workers.run(device -> {
            try {
                part.run(device);
            } catch (RuntimeException | Error e) {
                meetings.forEach(Rendezvous::fail);
                throw e;
            }
        });
    }

    /** Brings all parameters together in one model. */
    void copyTo(RankingModel whole) {
        DenseParameters dense = whole.dense();
        for (int device = 0; device < layout.sharing(); device++) {
            devices.get(device).dense().copyTo(dense.values());
        }
        dense.upload();
        List<FeatureEmbedding> embeddings = whole.embeddings().toList();
        int at = 0;
        for (int tower = 0; tower < devices.get(0).towers().size(); tower++) {
            int count = devices.get(0).towers().get(tower).features();
            for (int device = 0; device < devices.size(); device++) {
                devices.get(device).towers().get(tower).copyTo(embeddings.subList(at, at + count), device == 0);
            }
            at += count;
        }
    }

    @Override
    public void close() {
        workers.close();
        devices.forEach(TrainingDevice::close);
    }
}
