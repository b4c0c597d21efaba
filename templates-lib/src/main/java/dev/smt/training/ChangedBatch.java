package dev.smt.training;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;

/** One batch of rows, predicted after change upon change: what a change leaves as it is, is looked up and computed once. */
final class ChangedBatch implements AutoCloseable {
    private final RankingModel model;
    private final Slice all;
    private final NDManager batch;
    private final RememberedLayers layers;
    private final float[] firstOrder;
    private final List<ChangedTower> towers = new ArrayList<>();

    /** A batch of the rows that the model reads; the model is this one's until it is closed. */
    ChangedBatch(RankingModel model, int[] rows, int from, int count) {
        model.requireOpen();
        this.model = model;
        this.all = new Slice(0, 0, count);
        this.batch = model.replica().begin();
        this.layers = new RememberedLayers(batch);
        this.firstOrder = new float[count];
        model.gather(rows, from, count, false);
        NDList inputs = new NDList();
        for (TowerBatch tower : model.towers()) {
            towers.add(new ChangedTower(tower, rows, from, count, firstOrder, batch, layers));
            inputs.addAll(towers.get(towers.size() - 1).inputs());
        }
        model.replica().predict(layers, inputs, count, new float[count * model.outputs()]);
    }

    /** Writes the outputs [B, O], flat, after a change. */
    void predict(FeatureChange change, float[] values) {
        float[] terms = firstOrder.clone();
        try (NDManager run = batch.newSubManager()) {
            layers.begin(run);
            NDList inputs = new NDList();
            towers.forEach(tower -> inputs.addAll(tower.inputs(change, terms, run)));
            model.replica().predict(layers, inputs, all.count(), values);
            layers.end();
        }
        towers.forEach(tower -> tower.restore(change));
        model.addFirstOrder(terms, all, values);
    }

    @Override
    public void close() {
        batch.close();
    }
}
