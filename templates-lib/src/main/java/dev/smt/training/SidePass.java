package dev.smt.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.smt.data.EncodedExamples;
import dev.smt.nn.network.DecoupledNetwork;
import java.util.stream.IntStream;

/**
 * One tower's part of a two-tower model's outputs.
 *
 * @param number of the tower
 */
record SidePass(RankingModel model, DecoupledNetwork network, int number) {
    static final int USER_TOWER = 0;
    static final int ITEM_TOWER = 1;

    /**
     * Of a model.
     *
     * @param tower {@link #USER_TOWER} or {@link #ITEM_TOWER}
     * @throws IllegalStateException when the network has one tower only
     */
    static SidePass of(RankingModel model, int tower) {
        if (!(model.network() instanceof DecoupledNetwork decoupled)) {
            throw new IllegalStateException("only a two-tower network has item vectors");
        }
        return new SidePass(model, decoupled, tower);
    }

    /** What the tower says of the rows. */
    SideOutputs of(EncodedExamples examples) {
        model.requireOpen();
        int events = network.events();
        int rows = examples.rows();
        SideOutputs outputs = new SideOutputs(
                rows,
                new float[Math.multiplyExact(rows, events * network.dimension())],
                new float[Math.multiplyExact(rows, events)]);
        tower().read(model.fitted().withTransforms(examples));
        int[] all = IntStream.range(0, rows).toArray();
        for (int from = 0; from < rows; from += model.capacity()) {
            batch(all, from, Math.min(model.capacity(), rows - from), outputs);
        }
        return outputs;
    }

    private TowerBatch tower() {
        return model.towers().get(number);
    }

    private void batch(int[] rows, int from, int count, SideOutputs outputs) {
        int events = network.events();
        float[] firstOrder = new float[count];
        model.workers().run(worker -> tower().gather(worker, rows, from, count, false));
        DenseReplica replica = model.replica();
        NDManager step = replica.begin();
        try {
            NDList inputs = tower().inputs(new Slice(0, 0, count), rows, from, firstOrder, step, false);
            NDArray vectors = network.towerOutput(replica.silentTape(), number, inputs, false);
            int width = events * network.dimension();
            Torch.memory(vectors).asFloatBuffer().get(outputs.vectors(), from * width, count * width);
            network.numericFirstOrder(replica.silentTape(), number, inputs)
                    .ifPresent(terms ->
                            Torch.memory(terms).asFloatBuffer().get(outputs.linear(), from * events, count * events));
        } finally {
            replica.end();
        }
        for (int b = 0; b < count; b++) {
            outputs.linear()[(from + b) * events] += firstOrder[b];
        }
    }
}
