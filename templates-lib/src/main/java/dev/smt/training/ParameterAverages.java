package dev.smt.training;

import dev.smt.nn.embedding.RowAverages;
import dev.smt.nn.embedding.SparseGradient;
import java.util.ArrayList;
import java.util.List;

/**
 * The mean of all parameters, dense and embedded, over the last steps of a training (Polyak, Juditsky 1992). Exact for the
 * embedding rows too, see {@link RowAverages}.
 */
final class ParameterAverages {
    private final DenseParameters dense;
    private final List<SparseGradient> embeddings;
    private final List<RowAverages> rows = new ArrayList<>();
    private final long from;
    private float[] means = new float[0];
    private int steps;

    /**
     * Averages over the last of the planned steps.
     *
     * @param share of the steps; 0: none
     */
    ParameterAverages(DenseParameters dense, List<SparseGradient> embeddings, long plannedSteps, double share) {
        this.dense = dense;
        this.embeddings = embeddings;
        this.from = plannedSteps - Math.round(plannedSteps * share);
    }

    /** Called before the update of a step, counted from 0. */
    void beforeUpdate(long step) {
        if (step < from) {
            return;
        }
        if (steps == 0) {
            means = new float[dense.values().length];
            embeddings.forEach(gradient -> rows.add(new RowAverages(gradient.table())));
        }
        for (int i = 0; i < rows.size(); i++) {
            rows.get(i).beforeUpdate(embeddings.get(i));
        }
        steps++;
    }

    /** Called after it. */
    void afterUpdate() {
        if (steps == 0) {
            return;
        }
        float[] values = dense.values();
        float share = 1f / steps;
        for (int i = 0; i < means.length; i++) {
            means[i] += share * (values[i] - means[i]);
        }
    }

    /**
     * Puts the means in the parameters' place; called once, at the end.
     *
     * @return whether there were any: a training that was stopped early may not have come to the last steps
     */
    boolean apply() {
        if (steps == 0) {
            return false;
        }
        System.arraycopy(means, 0, dense.values(), 0, means.length);
        dense.upload();
        rows.forEach(RowAverages::apply);
        return true;
    }
}
