package dev.smt.jobs.trial;

import dev.smt.jobs.ingest.Split;
import dev.smt.jobs.table.BaselineRow;
import dev.smt.metric.BucketedLoss;
import dev.smt.metric.SegmentEvaluation;
import dev.smt.serving.ServingCost;
import dev.smt.training.ModelSpecification;
import java.util.List;

/**
 * A model's baseline performance P_i^base, against which trials are paired.
 *
 * @param row from the table, perhaps of an earlier version of this program
 * @param segments of the test rows; empty where they were not asked for
 * @param cost as this version counts it: a ratio is of numbers that were counted alike
 */
public record Baseline(BaselineRow row, ServingCost cost, List<SegmentEvaluation> segments) {
    public Baseline {
        segments = List.copyOf(segments);
    }

    /** A baseline without segments. */
    public Baseline(BaselineRow row, ServingCost cost) {
        this(row, cost, List.of());
    }

    public boolean failed() {
        return !row.status().equals(Baselines.DONE);
    }

    /** Whether it is this model, served in this way. */
    boolean isOf(ModelSpecification specification) {
        return isOf(row, specification);
    }

    /** Whether a stored row is of this model, served in this way. */
    static boolean isOf(BaselineRow stored, ModelSpecification specification) {
        boolean servedSo = stored.servingHash()
                .map(specification.servingHash()::equals)
                .orElse(specification.serving().keepsRows());
        return servedSo && stored.specHash().equals(specification.hash());
    }

    /** Normalized entropy on a split. */
    public double normalizedEntropy(Split split) {
        return (split == Split.TEST ? row.testNe() : row.ne()).orElseThrow();
    }

    public double auc(Split split) {
        return (split == Split.TEST ? row.testAuc() : row.auc()).orElse(Double.NaN);
    }

    /** Its losses on a split, by bucket. */
    public BucketedLoss losses(Split split) {
        return split == Split.TEST
                ? StoredLosses.of(row.testLosses(), row.testRows())
                : StoredLosses.of(row.validationLosses(), row.validationRows());
    }
}
