package dev.smt.jobs.table;

import java.util.Optional;
import java.util.OptionalDouble;

/** One model of one trial: table {@code trial_models}. */
public record TrialModelRow(
        @Column("the run that wrote the row") String runId,
        @Column("the study") String studyId,
        @Column("the technique") String technique,
        @Column("number of the trial; -1 for the validation on holdout models") int trial,
        @Column("the model") String modelId,
        @Column("number of the replicate (its own seed), from 0") int replicate,
        @Column("DONE, FAILED or SKIPPED") String status,
        @Column("why it failed or was skipped") Optional<String> reason,
        @Column(value = "normalized entropy on the evaluation rows", unit = "ratio") OptionalDouble ne,
        @Column(value = "the baseline's normalized entropy on the same rows", unit = "ratio") OptionalDouble neBase,
        @Column(value = "100 (ne_base - ne) / ne_base (Eq. 1); positive is better", unit = "percent NE")
                OptionalDouble neDelta,
        @Column(value = "jackknife standard error of the delta", unit = "percent NE") OptionalDouble neDeltaSe,
        @Column("AUC minus the baseline's") OptionalDouble aucDelta,
        @Column(value = "predicted positives / positives", unit = "ratio") OptionalDouble calibration,
        @Column(value = "inference FLOPs / the baseline's", unit = "ratio") double flopsRatio,
        @Column(value = "parameter bytes / the baseline's", unit = "ratio") double bytesRatio,
        @Column(value = "time of the training; 0 where it was skipped", unit = "seconds") double trainSeconds,
        @Column("training examples seen") long examples,
        @Column("cpu, or gpu: and the GPU's address; none where it was skipped") String device,
        @Column("the executor's host; none where it was skipped") String host) {
    public static final String SKIPPED = "SKIPPED";
    public static final Table<TrialModelRow> TABLE =
            Table.of("trial_models", TrialModelRow.class, "study_id", "technique", "trial", "model_id", "replicate");
    public static final int HOLDOUT_TRIAL = -1;
}
