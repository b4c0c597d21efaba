package dev.smt.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.smt.nn.embedding.FeatureEmbedding;
import dev.smt.nn.embedding.FeatureVectors;
import dev.smt.nn.network.ModuleInput;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** One tower's inputs for a batch of rows, and for the same rows after a change: what that is not of stays the same array. */
final class ChangedTower {
    private final TowerBatch tower;
    private final int[] rows;
    private final int from;
    private final Slice all;
    private final NDManager batch;
    private final RememberedLayers layers;
    private final NDList own;
    private final FeatureVectors others;
    private final ByteBuffer differences;
    /** Those of the tower's modules that have arrays. */
    private final List<ModuleInput> modules;

    /**
     * A tower that has gathered the batch.
     *
     * @param firstOrder [B], to which the ids' terms are added
     * @param batch owns the arrays
     */
    ChangedTower(
            TowerBatch tower,
            int[] rows,
            int from,
            int count,
            float[] firstOrder,
            NDManager batch,
            RememberedLayers layers) {
        this.tower = tower;
        this.rows = rows;
        this.from = from;
        this.all = new Slice(0, 0, count);
        this.batch = batch;
        this.layers = layers;
        this.own = tower.inputs(all, rows, from, firstOrder, batch, false);
        this.others = tower.vectors().empty(count);
        this.differences = Torch.memory(batch.zeros(new Shape(count)));
        this.modules = tower.features().modules().stream()
                .filter(module -> !module.shapes(1).isEmpty())
                .toList();
    }

    /** The inputs as the rows are. */
    NDList inputs() {
        return own;
    }

    /** The inputs after a change; what it does to the ids' first-order terms is added to {@code firstOrder} [B]. */
    NDList inputs(FeatureChange change, float[] firstOrder, NDManager run) {
        NDList inputs = new NDList();
        if (!tower.features().embedded().isEmpty()) {
            inputs.add(vectors(change, own.get(0), firstOrder, run));
        }
        if (!tower.features().numeric().isEmpty()) {
            inputs.add(numbers(change, own.get(inputs.size()), run));
        }
        for (int m = 0; m < modules.size(); m++) {
            if (isOf(change, m)) {
                ModuleBatch module = tower.modules().get(m);
                module.firstOrder(rows, from, all.count()).values().forEach(terms -> add(terms, -1, firstOrder));
                module.forward(rows, from, all.count(), change, firstOrder, run, false, inputs);
            } else {
                for (int array = 0; array < modules.get(m).shapes(1).size(); array++) {
                    inputs.add(layers.lend(own.get(inputs.size())));
                }
            }
        }
        return inputs;
    }

    /** Takes the change back. */
    void restore(FeatureChange change) {
        embedded(change).forEach(position -> tower.writeVectors(position, all.count(), tower.vectors()));
        for (int column : tower.numbers().columns(change)) {
            tower.numbers().restore(column, all.count());
        }
        float[] terms = new float[all.count()];
        for (int m = 0; m < modules.size(); m++) {
            if (isOf(change, m)) {
                ModuleBatch module = tower.modules().get(m);
                module.forward(rows, from, all.count(), FeatureChange.NONE, terms, batch, false, new NDList());
            }
        }
    }

    private NDArray vectors(FeatureChange change, NDArray before, float[] firstOrder, NDManager run) {
        List<Integer> changed = embedded(change).boxed().toList();
        int[] changedRows = change.rows(rows, from, all.count());
        for (int position : changed) {
            FeatureEmbedding embedding = tower.vectorEmbeddings().get(position);
            look(embedding, rows, from, -1, firstOrder);
            look(embedding, changedRows, 0, 1, firstOrder);
            tower.writeVectors(position, all.count(), others);
        }
        return changed.isEmpty() ? layers.lend(before) : tower.vectorArray(all, run);
    }

    private void look(FeatureEmbedding embedding, int[] at, int begin, int sign, float[] firstOrder) {
        Arrays.fill(others.firstOrder(), 0);
        embedding.forward(at, begin, all.count(), others, false);
        add(others.firstOrder(), sign, firstOrder);
    }

    private NDArray numbers(FeatureChange change, NDArray before, NDManager run) {
        int[] changed = tower.numbers().columns(change);
        if (changed.length == 0) {
            return layers.lend(before);
        }
        int[] changedRows = change.rows(rows, from, all.count());
        for (int column : changed) {
            tower.numbers().change(column, changedRows, differences.asFloatBuffer());
        }
        NDArray after = tower.numbers().array(all, run);
        if (changed.length == 1) {
            layers.differs(before, after, changed[0], Torch.alias(run, differences, 0, new Shape(all.count(), 1)));
        }
        return after;
    }

    private IntStream embedded(FeatureChange change) {
        return IntStream.range(0, tower.vectorEmbeddings().size())
                .filter(position ->
                        change.isOf(tower.features().embedded().get(position).name()));
    }

    private boolean isOf(FeatureChange change, int module) {
        return modules.get(module).features().stream().anyMatch(feature -> change.isOf(feature.name()));
    }

    private static void add(float[] terms, int sign, float[] to) {
        for (int b = 0; b < to.length; b++) {
            to[b] += sign * terms[b];
        }
    }
}
