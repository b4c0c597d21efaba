package dev.smt.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.smt.nn.network.DecoupledNetwork;
import java.util.stream.IntStream;

/**
 * One tower's part of a two-tower model's outputs.
 *
 * @param number of the tower
 * @param capacity most rows of a batch
 */
record SidePass(
        DecoupledNetwork network,
        int number,
        TowerBatch tower,
        DenseReplica replica,
        WorkerGroup workers,
        int capacity) {

    /** What the tower says of rows that it reads. */
    SideOutputs of(int rows) {
        int events = network.events();
        SideOutputs outputs = new SideOutputs(
                rows,
                new float[Math.multiplyExact(rows, events * network.dimension())],
                new float[Math.multiplyExact(rows, events)]);
        int[] all = IntStream.range(0, rows).toArray();
        for (int from = 0; from < rows; from += capacity) {
            batch(all, from, Math.min(capacity, rows - from), outputs);
        }
        return outputs;
    }

    private void batch(int[] rows, int from, int count, SideOutputs outputs) {
        int events = network.events();
        float[] firstOrder = new float[count];
        workers.run(worker -> tower.gather(worker, rows, from, count, false));
        NDManager step = replica.begin();
        try {
            NDList inputs =
                    tower.inputs(new Slice(0, 0, count), rows, from, FeatureChange.NONE, firstOrder, step, false);
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
