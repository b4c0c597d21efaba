package dev.smt.jobs.trial;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.table.BaselineRow;
import dev.smt.jobs.table.BaselineSegmentRow;
import dev.smt.jobs.table.Cells;
import dev.smt.jobs.table.Warehouse;
import dev.smt.metric.Evaluation;
import dev.smt.metric.SegmentEvaluation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.functions;

/** What the stored baselines say of the segments of the test rows. */
final class BaselineSegments {
    /** Models whose rows are read together: a row has 512 boxed numbers. */
    private static final int GROUP = 32;

    private final Warehouse warehouse;
    private final List<String> features;

    /** The segments of some features; without features nothing is read or kept. */
    BaselineSegments(Warehouse warehouse, List<String> features) {
        this.warehouse = warehouse;
        this.features = List.copyOf(features);
    }

    List<String> features() {
        return features;
    }

    /** The stored segments of some models, by {@link #key(BaselineRow)}. */
    Map<String, List<SegmentEvaluation>> stored(List<FleetModel> models) {
        Map<String, List<SegmentEvaluation>> stored = new HashMap<>();
        for (int from = 0; from < models.size() && !features.isEmpty(); from += GROUP) {
            List<FleetModel> group = models.subList(from, Math.min(from + GROUP, models.size()));
            warehouse
                    .rows(
                            BaselineSegmentRow.TABLE,
                            functions
                                    .col("model_id")
                                    .isin(group.stream().map(FleetModel::id).toArray())
                                    .and(functions.col("feature").isin(features.toArray())))
                    .forEach(row -> stored.computeIfAbsent(key(row), key -> new ArrayList<>())
                            .add(segment(row)));
        }
        return stored;
    }

    /** Whether the segments of every feature have all test rows of a baseline. */
    boolean complete(BaselineRow baseline, List<SegmentEvaluation> segments) {
        long rows = Math.round(
                baseline.testRows().stream().mapToDouble(Double::doubleValue).sum());
        return features.stream()
                .allMatch(feature -> segments.stream()
                                .filter(segment -> segment.feature().equals(feature))
                                .mapToLong(segment -> segment.evaluation().rows())
                                .sum()
                        == rows);
    }

    /** Keeps the segments of baselines that were just trained. */
    void keep(List<BaselineRow> baselines, List<List<SegmentEvaluation>> segments) {
        for (int from = 0; from < baselines.size() && !features.isEmpty(); from += GROUP) {
            List<BaselineSegmentRow> rows = new ArrayList<>();
            for (int i = from; i < Math.min(from + GROUP, baselines.size()); i++) {
                for (SegmentEvaluation segment : segments.get(i)) {
                    rows.add(row(baselines.get(i), segment));
                }
            }
            warehouse.upsert(BaselineSegmentRow.TABLE, rows);
        }
    }

    static String key(BaselineRow row) {
        return key(
                row.modelId(),
                row.template(),
                row.version(),
                row.dataVersion(),
                row.seed(),
                row.specHash(),
                row.servingHash().orElse(""));
    }

    private static String key(BaselineSegmentRow row) {
        return key(
                row.modelId(),
                row.template(),
                row.version(),
                row.dataVersion(),
                row.seed(),
                row.specHash(),
                row.servingHash());
    }

    private static String key(
            String model, String template, int version, String data, long seed, String spec, String serving) {
        return String.join("\n", model, template, Integer.toString(version), data, Long.toString(seed), spec, serving);
    }

    private static BaselineSegmentRow row(BaselineRow baseline, SegmentEvaluation segment) {
        Evaluation evaluation = segment.evaluation();
        return new BaselineSegmentRow(
                baseline.runId(),
                baseline.modelId(),
                baseline.template(),
                baseline.version(),
                baseline.dataVersion(),
                baseline.seed(),
                baseline.specHash(),
                baseline.servingHash().orElse(""),
                segment.feature(),
                segment.id(),
                evaluation.positives(),
                evaluation.logLoss(),
                Cells.finite(evaluation.normalizedEntropy()),
                Cells.finite(evaluation.auc()),
                Cells.finite(evaluation.calibration()),
                StoredLosses.losses(evaluation.losses()),
                StoredLosses.rows(evaluation.losses()));
    }

    private static SegmentEvaluation segment(BaselineSegmentRow row) {
        return new SegmentEvaluation(
                row.feature(),
                row.id(),
                new Evaluation(
                        row.ne().orElse(Double.NaN),
                        row.logLoss(),
                        row.auc().orElse(Double.NaN),
                        row.calibration().orElse(Double.NaN),
                        row.positives(),
                        StoredLosses.of(row.losses(), row.bucketRows())));
    }
}
