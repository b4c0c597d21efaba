package dev.smt.jobs.table;

import java.util.List;
import java.util.OptionalDouble;

/** A baseline in one segment of the test rows, kept so that it is trained once: table {@code baseline_segments}. */
public record BaselineSegmentRow(
        @Column("the run that wrote the row") String runId,
        @Column("the model") String modelId,
        @Column("its template") String template,
        @Column("the template's version") int version,
        @Column("the encoded data that it was trained and evaluated on") String dataVersion,
        @Column("seed of the training") long seed,
        @Column("canonical hash of the instantiated model: of what its training depends on") String specHash,
        @Column("canonical hash of how the model is served") String servingHash,
        @Column("the feature that makes the segments") String feature,
        @Column("its encoded id in the segment; -1 for all other ids") int id,
        @Column("rows with label 1") long positives,
        @Column(value = "mean log loss", unit = "nats") double logLoss,
        @Column(value = "normalized entropy; empty where the segment's training rows have one class", unit = "ratio")
                OptionalDouble ne,
        @Column("area under the ROC curve") OptionalDouble auc,
        @Column(value = "predicted positives / positives", unit = "ratio") OptionalDouble calibration,
        @Column(value = "summed log loss of each of 256 buckets", unit = "nats") List<Double> losses,
        @Column("rows of each bucket") List<Double> bucketRows) {
    public static final Table<BaselineSegmentRow> TABLE = Table.of(
            "baseline_segments",
            BaselineSegmentRow.class,
            "model_id",
            "template",
            "version",
            "data_version",
            "seed",
            "feature",
            "id");
}
