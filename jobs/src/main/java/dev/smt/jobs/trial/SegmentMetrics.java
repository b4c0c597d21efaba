package dev.smt.jobs.trial;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.ingest.EncodedStore;
import dev.smt.jobs.ingest.PipelineManifest;
import dev.smt.jobs.table.Cells;
import dev.smt.jobs.table.SegmentMetricRow;
import dev.smt.jobs.table.Warehouse;
import dev.smt.metric.Evaluation;
import dev.smt.metric.PairedDelta;
import dev.smt.metric.SegmentEvaluation;
import dev.smt.metric.Segments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToIntFunction;

/** Keeps what paired results say of segments, with the values that the segments' ids stand for. */
public final class SegmentMetrics {
    private static final String OTHER = "(other)";
    private static final String UNKNOWN = "(unknown)";

    private final Warehouse warehouse;
    private final FleetInputs fleet;
    private final EncodedStore store;
    private final String runId;
    private final String step;
    private final Map<String, List<String>> values = new HashMap<>();

    /**
     * The segments of one step.
     *
     * @param runId the step's run
     * @param step its name
     */
    public SegmentMetrics(Warehouse warehouse, FleetInputs fleet, String runId, String step) {
        this.warehouse = warehouse;
        this.fleet = fleet;
        this.store = new EncodedStore(
                warehouse.location(), warehouse.spark().sparkContext().hadoopConfiguration());
        this.runId = runId;
        this.step = step;
    }

    /** Keeps the segments of models' results, in the same order; there are none where a training failed. */
    public void keep(List<FleetModel> models, List<PairedResult> results, ToIntFunction<FleetModel> version) {
        List<SegmentMetricRow> rows = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            FleetModel model = models.get(i);
            results.get(i).segments().forEach(segment -> rows.add(row(model, version.applyAsInt(model), segment)));
        }
        warehouse.upsert(SegmentMetricRow.TABLE, rows);
    }

    private SegmentMetricRow row(FleetModel model, int version, SegmentResult result) {
        SegmentEvaluation segment = result.segment();
        Evaluation evaluation = segment.evaluation();
        Evaluation base = result.base();
        Optional<PairedDelta> delta = result.delta();
        return new SegmentMetricRow(
                runId,
                step,
                model.template(),
                version,
                model.id(),
                segment.feature(),
                value(fleet.manifest(model), segment.feature(), segment.id()),
                evaluation.rows(),
                evaluation.positives(),
                evaluation.logLoss(),
                Cells.finite(evaluation.normalizedEntropy()),
                Cells.finite(base.normalizedEntropy()),
                number(delta.map(PairedDelta::delta)),
                number(delta.map(PairedDelta::standardError)),
                Cells.finite(evaluation.auc()),
                Cells.finite(evaluation.auc() - base.auc()),
                Cells.finite(evaluation.calibration()),
                Cells.finite(base.calibration()));
    }

    private String value(PipelineManifest manifest, String feature, int id) {
        if (id == Segments.OTHER) {
            return OTHER;
        }
        if (id == 0) {
            return UNKNOWN;
        }
        // Ids go by descending number of training rows, so the largest segments are the first ids.
        List<String> ofIds = values.computeIfAbsent(
                manifest.pipeline() + "\n" + feature, key -> store.idValues(manifest, feature, Segments.LARGEST));
        return id <= ofIds.size() ? ofIds.get(id - 1) : "hash " + id;
    }

    private static OptionalDouble number(Optional<Double> value) {
        return Cells.finite(value.orElse(Double.NaN));
    }
}
