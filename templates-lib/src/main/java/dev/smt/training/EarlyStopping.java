package dev.smt.training;

import dev.smt.nn.embedding.EmbeddingSnapshot;
import dev.smt.nn.embedding.EmbeddingTable;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Ends a training when the loss on held-out rows has not become better for some checks (Prechelt 1998, with patience), and
 * brings the best parameters back, dense and embedded. Checks are at fixed steps, so the same training always ends at the
 * same one. The best parameters take as much memory again as the model has in use.
 */
final class EarlyStopping {
    private final DenseParameters dense;
    private final List<EmbeddingSnapshot> tables;
    private final HeldOutTemplate template;
    private final long plannedSteps;
    private final DoubleSupplier loss;
    private float[] bestDense = new float[0];
    private double bestLoss = Double.POSITIVE_INFINITY;
    private int misses;

    /**
     * Watches a training.
     *
     * @param loss on the held-out rows
     */
    EarlyStopping(
            DenseParameters dense,
            List<EmbeddingTable> tables,
            HeldOutTemplate template,
            long plannedSteps,
            DoubleSupplier loss) {
        this.dense = dense;
        this.tables = tables.stream().map(EmbeddingSnapshot::new).toList();
        this.template = template;
        this.plannedSteps = plannedSteps;
        this.loss = loss;
    }

    /** Called after each step, with the number of steps so far; whether the training ends here. */
    boolean endsAfter(long steps) {
        long checks = template.validationChecks();
        if (template.validationShare() == 0 || steps * checks / plannedSteps == (steps - 1) * checks / plannedSteps) {
            return false;
        }
        check();
        return misses >= template.patience();
    }

    /**
     * Brings the best parameters back; called once, at the end.
     *
     * @param changed whether the parameters are others than those of the last step: then they are checked as well
     */
    void finish(boolean changed) {
        if (template.validationShare() == 0) {
            return;
        }
        if (changed) {
            check();
        }
        if (misses > 0 && bestDense.length > 0) {
            System.arraycopy(bestDense, 0, dense.values(), 0, bestDense.length);
            dense.upload();
            tables.forEach(EmbeddingSnapshot::restore);
        }
    }

    private void check() {
        double now = loss.getAsDouble();
        if (now < bestLoss) {
            bestLoss = now;
            misses = 0;
            bestDense = dense.values().clone();
            tables.forEach(EmbeddingSnapshot::take);
        } else {
            misses++;
        }
    }
}
