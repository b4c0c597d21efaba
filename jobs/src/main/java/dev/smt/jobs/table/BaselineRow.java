package dev.smt.jobs.table;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A model trained from a template version, once, and reused: table {@code baselines}. */
public record BaselineRow(
        @Column("the run that wrote the row") String runId,
        @Column("the model") String modelId,
        @Column("its template") String template,
        @Column("the template's version") int version,
        @Column("the encoded data that it was trained and evaluated on") String dataVersion,
        @Column("seed of the training") long seed,
        @Column("canonical hash of the instantiated model: of what its training depends on") String specHash,
        @Column("DONE or FAILED") String status,
        @Column("why it failed") Optional<String> reason,
        @Column(value = "normalized entropy on the validation rows", unit = "ratio") OptionalDouble ne,
        @Column(value = "mean log loss on the validation rows", unit = "nats") OptionalDouble logLoss,
        @Column("area under the ROC curve on the validation rows") OptionalDouble auc,
        @Column(value = "predicted positives / positives on the validation rows", unit = "ratio")
                OptionalDouble calibration,
        @Column(value = "normalized entropy on the test rows", unit = "ratio") OptionalDouble testNe,
        @Column("area under the ROC curve on the test rows") OptionalDouble testAuc,
        @Column(value = "predicted positives / positives on the test rows", unit = "ratio")
                OptionalDouble testCalibration,
        @Column(value = "inference FLOPs per example", unit = "FLOPs") double flops,
        @Column(value = "all parameters that are served", unit = "bytes") double parameterBytes,
        @Column(value = "time of the training", unit = "seconds") double trainSeconds,
        @Column(value = "summed log loss of each of 256 buckets of the validation rows", unit = "nats")
                List<Double> validationLosses,
        @Column("rows of each bucket of the validation rows") List<Double> validationRows,
        @Column(value = "summed log loss of each of 256 buckets of the test rows", unit = "nats")
                List<Double> testLosses,
        @Column("rows of each bucket of the test rows") List<Double> testRows,
        @Column("canonical hash of how the model is served; empty in rows of earlier versions: as it was trained")
                Optional<String> servingHash) {
    public static final Table<BaselineRow> TABLE =
            Table.of("baselines", BaselineRow.class, "model_id", "template", "version", "data_version", "seed");
}
