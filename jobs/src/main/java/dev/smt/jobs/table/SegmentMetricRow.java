package dev.smt.jobs.table;

import java.util.OptionalDouble;

/** A rebuilt model against what it was compared with, in one segment of the test rows: table {@code segment_metrics}. */
public record SegmentMetricRow(
        @Column("the run that wrote the row") String runId,
        @Column("backtest: against the parent version; iterate: against the production baseline") String step,
        @Column("the template") String template,
        @Column("the version that the model was made from") int version,
        @Column("the model") String modelId,
        @Column("the feature that makes the segments (evaluation.segments)") String feature,
        @Column("its value; (unknown): missing or not in the vocabulary; (other): beyond the 50 values with most"
                        + " training rows; hash N where the feature's ids are hashes")
                String value,
        @Column("test rows of the segment that know the event") long rows,
        @Column("rows with label 1") long positives,
        @Column(value = "mean log loss", unit = "nats") double logLoss,
        @Column(
                        value =
                                "log loss / entropy of the segment's own base rate in the training rows; empty where those"
                                        + " have one class only",
                        unit = "ratio")
                OptionalDouble ne,
        @Column(value = "what it was compared with: its NE", unit = "ratio") OptionalDouble neBase,
        @Column(value = "NE delta in the segment (Eq. 1)", unit = "percent NE") OptionalDouble neDelta,
        @Column(
                        value = "jackknife standard error of the delta; empty where all rows are in one bucket",
                        unit = "percent NE")
                OptionalDouble neDeltaSe,
        @Column("area under the ROC curve; empty where the segment has one class only") OptionalDouble auc,
        @Column("AUC minus that of what it was compared with") OptionalDouble aucDelta,
        @Column(value = "predicted positives / positives", unit = "ratio") OptionalDouble calibration,
        @Column(value = "what it was compared with: its calibration", unit = "ratio") OptionalDouble calibrationBase) {
    public static final Table<SegmentMetricRow> TABLE = Table.of(
            "segment_metrics", SegmentMetricRow.class, "run_id", "template", "version", "model_id", "feature", "value");
}
